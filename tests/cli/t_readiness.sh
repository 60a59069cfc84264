# Who is left of the experts, and who is on duty by a rota.
fresh readiness

run new expert name="Ana Ionescu" community=civilian roles=forensics languages=ro
run new expert name="Heikki Laine" community=civilian roles=forensics languages=fi
run new expert name="Marta Silva" community=defence roles=ciso languages=ro
run new deployment title="To the ministry" resources=EXP-0001 mode=remote from=2026-12-01T08:00Z until=2026-12-03T08:00Z
run report readiness
ends "readiness is told" 0
says "by role, with the names" "role forensics: 2 of 2 left: Ana Ionescu, Heikki Laine"
run report readiness --without DEP-0001
ends "without a deployment" 0
says "those whom it takes are taken out" "role forensics: 1 of 2 left: Heikki Laine"
run report readiness --without EXP-0001,EXP-0003 --json
holds "what was taken out is told" without "EXP-0001,EXP-0003"
run report readiness --without NONE-1
ends "what there is not is refused" 1

run new rota name="Duty officers" members=EXP-0001,EXP-0002 starts=2026-11-23T08:00Z shift_hours=24 timezone=UTC
run show ROTA-0001
ends "a rota is shown" 0
says "with who is on duty" "on duty           2026-11-24T08:00:00Z to 2026-11-25T08:00:00Z  EXP-0002 Heikki Laine"
run show ROTA-0001 --json
holds "as JSON too" duties.0.who "EXP-0002 Heikki Laine"
holds "nobody has overridden it" duties.0.override false
