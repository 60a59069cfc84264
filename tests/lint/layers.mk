# THE layer table: what each folder of src/ and include/ may include, lowest first. make includes
# this file and links the tests of a layer with that layer and what is below it; `make lint` reads it.
uses_base   =
uses_model  = base
uses_wire   = base model
uses_play   = base model wire
uses_store  = base model
uses_ops    = base model wire play store
uses_report = base model store
uses_sync   = base model wire store ops
uses_ui     = base model store play ops report
uses_app    = base model wire play store ops report sync ui
uses_hub    = base wire
