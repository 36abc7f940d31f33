package org.pcircle.cli.doc;

import java.util.ArrayList;
import java.util.List;
import org.pcircle.cli.option.Argument;
import org.pcircle.cli.option.Command;
import org.pcircle.cli.option.CommandOption;

/** The bash completion of a command: options, and arguments where the choices are known. */
final class BashCompletion {

    private BashCompletion() {}

    static String text(Command command) {
        StringBuilder arguments = new StringBuilder();
        List<String> words = new ArrayList<>();
        for (CommandOption option : CommandOption.of(command)) {
            Argument argument = option.argument();
            boolean wantsOne = argument != null && !argument.isOptional();
            words.add("--" + option.word() + (wantsOne ? "=" : ""));
            if (option.letter() != null) {
                words.add("-" + option.letter());
            }
            if (argument != null) {
                arguments.append(argumentCase(option, argument));
            }
        }
        return """
                # Completes @command@ in bash. Written by the build, from the table of options.
                _@command@() {
                  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} list i
                  COMPREPLY=()
                  for ((i = 1; i < COMP_CWORD; i++)); do
                    [[ ${COMP_WORDS[i]} != -- ]] || return 0
                  done
                  # readline takes --option=word apart at the equals sign.
                  if [[ $word == "=" ]]; then
                    word='' before=$before=
                  elif [[ $before == "=" ]]; then
                    before=${COMP_WORDS[COMP_CWORD-2]}=
                  fi
                  case $before in
                @arguments@    --*=) return 0 ;;
                  esac
                  if [[ $word == -* ]]; then
                    mapfile -t COMPREPLY < <(compgen -W "@words@" -- "$word")
                    [[ ${#COMPREPLY[@]} != 1 || ${COMPREPLY[0]} != *= ]] || compopt -o nospace 2>/dev/null
                  fi
                  return 0
                }
                complete -o bashdefault -o default -F _@command@ @command@
                """.replace("@arguments@", arguments)
                .replace("@words@", String.join(" ", words))
                .replace("@command@", command.word());
    }

    /** Only file names are left to the shell itself. */
    private static String argumentCase(CommandOption option, Argument argument) {
        StringBuilder pattern = new StringBuilder("--" + option.word() + "=");
        if (!argument.isOptional()) {
            pattern.append(" | --").append(option.word());
            if (option.letter() != null) {
                pattern.append(" | -").append(option.letter());
            }
        }
        String words = String.join(" ", argument.words());
        String action = switch (argument.kind()) {
            case FILE -> "";
            case TEXT -> "compopt +o bashdefault +o default 2>/dev/null; ";
            case CHOICE -> "mapfile -t COMPREPLY < <(compgen -W \"" + words + "\" -- \"$word\"); ";
            case LIST ->
                "list=${word%\"${word##*,}\"}; mapfile -t COMPREPLY < <(compgen -P \"$list\" -W \"" + words
                        + "\" -- \"${word##*,}\"); ";
        };
        return "    " + pattern + ") " + action + "return 0 ;;\n";
    }
}
