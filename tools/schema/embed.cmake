# SPDX-License-Identifier: MIT
# Makes a C file with the bytes of FROM: NAME and NAME_size, as HEADER declares them.
file(READ ${FROM} bytes HEX)
string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
string(REGEX REPLACE "(................................................................................)"
       "\\1\n    " bytes "${bytes}")
file(WRITE ${TO} "#include \"${HEADER}\"\n
const unsigned char ${NAME}[] = {\n    ${bytes}\n};
const size_t ${NAME}_size = sizeof ${NAME};\n")
