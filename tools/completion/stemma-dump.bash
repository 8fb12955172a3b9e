# SPDX-License-Identifier: MIT
# Bash completion for stemma-dump.
_stemma_dump()
{
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    if [[ $word == = ]]; then
        word=
    elif [[ $before == = ]]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    case $before in
    --offsets)
        mapfile -t COMPREPLY < <(compgen -W 'codepoint utf8 utf16' -- "$word")
        return
        ;;
    --format)
        mapfile -t COMPREPLY < <(compgen -W 'text json jsonl' -- "$word")
        return
        ;;
    -t | --table)
        mapfile -t COMPREPLY < <(compgen -W 'alias claim derivation detail document entity event fence gram
            group identity judgement label member membership meta name participation place row run
            term testimony text token type vocabulary' -- "$word")
        return
        ;;
    -o | --output)
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
        return
        ;;
    --documents | -j | --jobs)
        return
        ;;
    esac
    if [[ $word == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W '-c --check -s --stats -t --table --offsets --no-text
            --documents -j --jobs --format -o --output -f --force --trusted --verify -q --quiet -h --help -V --version' \
            -- "$word")
    else
        mapfile -t COMPREPLY < <(compgen -f -X '!*.stemma' -- "$word"; compgen -d -- "$word")
    fi
}
complete -o filenames -F _stemma_dump stemma-dump
