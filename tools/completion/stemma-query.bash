# SPDX-License-Identifier: MIT
# Completion of stemma-query for bash.
_stemma_query()
{
    local cur prev word commands options i words_seen=0
    commands='find show events timeline why conflicts agree between sources search stats'
    options='--format --limit --offset --color --as-of --type --who --role --place --from --to
        --actual --trusted --verify --schema --help --version'
    COMPREPLY=()
    cur=${COMP_WORDS[COMP_CWORD]}
    prev=${COMP_WORDS[COMP_CWORD-1]}
    if [[ $prev == = && COMP_CWORD -ge 2 ]]; then # bash splits --format=json at the sign
        prev=${COMP_WORDS[COMP_CWORD-2]}
    fi
    [[ $cur == = ]] && cur=
    case $prev in
    --format | -f)
        COMPREPLY=($(compgen -W 'text json jsonl csv tsv' -- "$cur"))
        return
        ;;
    --color)
        COMPREPLY=($(compgen -W 'auto always never' -- "$cur"))
        return
        ;;
    --limit | -n | --offset | --as-of | --type | -t | --who | -w | --role | -r | --place | -p | --from | --to)
        return
        ;;
    esac
    if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W "$options" -- "$cur"))
        return
    fi
    # The first word that is no option is the file, the second the command.
    for ((i = 1; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        case $word in
        --format | -f | --color | --limit | -n | --offset | --as-of | --type | -t | --who | -w | --role | -r | --place | -p | --from | --to)
            [[ ${COMP_WORDS[i+1]} == = ]] && ((i++))
            ((i++))
            ;;
        -*) ;;
        *)
            ((words_seen++))
            ;;
        esac
    done
    if [[ $words_seen -eq 0 ]]; then
        compopt -o filenames 2>/dev/null
        COMPREPLY=($(compgen -f -- "$cur"))
    elif [[ $words_seen -eq 1 ]]; then
        COMPREPLY=($(compgen -W "$commands" -- "$cur"))
    fi
}
complete -F _stemma_query stemma-query
