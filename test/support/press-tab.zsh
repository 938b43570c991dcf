# Types lines into an interactive zsh, presses Tab at the end of each, and prints the words that came of it.
# Arguments: the completion script, then the lines.
zmodload zsh/zpty
zpty shell zsh -f -i
# zsh forgets these functions after each completion.
zpty -w shell 'autoload -Uz compinit; compinit -D -u; precmd () { comppostfuncs=(insert-all) }; insert-all () { compstate[insert]=all compstate[list]= }'
zpty -w shell "source ${(q)1}; klaxon () { print -r -- '<'words \$@ words'>' }"
for line in ${@[2,-1]}; do
  zpty -w -n shell "$line"$'\t\n'
  zpty -r -m shell answer $'*<words*words>*' || exit 1
  print -r -- ${${answer##*<words }%% words>*}
done
zpty -d shell
