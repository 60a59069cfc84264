# fish completion of @program@: `@program@ complete` says what may stand here.
function __muster_complete
    set -l words (commandline -opc) (commandline -ct)
    for line in ($words[1] complete $words[2..-1] 2>/dev/null)
        if test "$line" = '<files>'
            __fish_complete_path (commandline -ct)
        else
            echo $line
        end
    end
end
complete -c @program@ -f -a '(__muster_complete)'
