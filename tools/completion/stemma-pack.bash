# SPDX-License-Identifier: MIT
# Bash completion for stemma-pack.
_stemma_pack()
{
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    if [[ $word == = ]]; then
        word=
    elif [[ $before == = ]]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    case $before in
    --judge)
        mapfile -t COMPREPLY < <(compgen -W 'new all none' -- "$word")
        return
        ;;
    -m | --manifest)
        mapfile -t COMPREPLY < <(compgen -f -X '!*.csv' -- "$word"; compgen -d -- "$word")
        return
        ;;
    --mapping)
        mapfile -t COMPREPLY < <(compgen -W 'icews gdelt-events gdelt-mentions' -- "$word"
            compgen -f -X '!*.map' -- "$word"; compgen -d -- "$word")
        return
        ;;
    --model)
        mapfile -t COMPREPLY < <(compgen -f -X '!*.model' -- "$word"; compgen -d -- "$word")
        return
        ;;
    -b | --base)
        mapfile -t COMPREPLY < <(compgen -f -X '!*.stemma' -- "$word"; compgen -d -- "$word")
        return
        ;;
    -j | --jobs | --line-limit | --memory)
        return
        ;;
    esac
    if [[ $word == -* && $before != -o && $before != --output ]]; then
        mapfile -t COMPREPLY < <(compgen -W '-o --output -f --force -m --manifest --mapping --model -b --base --judgements
            --judge -j --jobs --memory --rejects --line-limit --no-text -v --verbose -q --quiet -h --help -V --version' \
            -- "$word")
    else
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
    fi
}
complete -o filenames -F _stemma_pack stemma-pack
