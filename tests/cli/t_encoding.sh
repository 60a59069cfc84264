# The encoding of tables: guessed, and said.
fresh encoding

# Polish and Greek as their spreadsheets write them; Z with acute has no place in Windows-1252
printf 'Name;Country\n\243ukasz \257\363\263\346;PL\n' >"$dir/polish.csv"
printf 'Name;Country\n\301\355\344\361\335\341\362;EL\n' >"$dir/greek.csv"
printf 'Name;Country\n\217d\263o;PL\n' >"$dir/none1252.csv"
run import "$dir/polish.csv" --kind expert --dry-run
says "a guess is told, and how another is said" "Not UTF-8: taken as Windows-1252; --encoding says another."
run import "$dir/polish.csv" --kind expert --dry-run --json
holds "so it is in JSON" files.0.encoding_guessed true
holds "with what was guessed" files.0.encoding Windows-1252
run import "$dir/polish.csv" --kind expert --encoding windows-1250 --json
ends "a table whose encoding is said" 0
holds "it is told" files.0.encoding Windows-1250
holds "it is no guess" files.0.encoding_guessed false
holds "its letters are right" files.0.rows.0.title "Łukasz Żółć"
run import "$dir/greek.csv" --kind expert --encoding CP1253 --json
holds "so are those of another" files.0.rows.0.title "Ανδρέας"
run list experts --json
says "they are kept" "Łukasz Żółć"
says "both" "Ανδρέας"
run import "$dir/none1252.csv" --kind expert
ends "bytes that are nothing in the guess" 3
warns "it is told where, and what to say" "line 2, column 1: a byte is neither UTF-8 nor Windows-1252 text; say which, as encoding=windows-1250"
run import "$dir/greek.csv" --kind expert --encoding utf-8
ends "bytes that are nothing in what is said" 3
warns "it is told where" "line 2, column 1: what stands here is not UTF-8"
run import "$dir/polish.csv" --kind expert --encoding windows-1259
ends "an encoding that there is not" 2
warns "some are named" 'there is no encoding "windows-1259"; there are UTF-8, UTF-16LE, UTF-16BE, Windows-1250'
run import "$dir/polish.csv" --kind expert --encoding Shift_JIS
ends "an encoding of several bytes" 2
warns "it is told which are read" "Shift_JIS has characters of several bytes"
run import "$dir/polish.json" --encoding windows-1250
ends "an encoding of what is no table" 2
run import "$dir/none1252.csv" --kind expert --encoding=windows-1250 --json
holds "said so it comes in" files.0.rows.0.title "Źdło"
