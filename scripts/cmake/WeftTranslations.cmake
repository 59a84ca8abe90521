# SPDX-License-Identifier: Apache-2.0
# weft_translations(TARGET LANGUAGE ...): compiles translations/weft_LANGUAGE.ts and builds them into
# TARGET under :/i18n. scripts/translate brings the catalogues up to the sources.
function(weft_translations target)
    # The CMake package of the Linguist tools comes with other packages than the tools.
    find_program(
        WEFT_LRELEASE
        NAMES lrelease
        HINTS "${QT6_INSTALL_PREFIX}/${QT6_INSTALL_BINS}" /usr/lib/qt6/bin
        DOC "Compiles translations (Debian: qt6-l10n-tools)" REQUIRED)
    set(catalogues)
    foreach(language IN LISTS ARGN)
        set(source "${PROJECT_SOURCE_DIR}/translations/weft_${language}.ts")
        set(catalogue "${CMAKE_CURRENT_BINARY_DIR}/weft_${language}.qm")
        add_custom_command(
            OUTPUT "${catalogue}"
            COMMAND "${WEFT_LRELEASE}" -silent "${source}" -qm "${catalogue}"
            DEPENDS "${source}"
            VERBATIM)
        list(APPEND catalogues "${catalogue}")
    endforeach()
    qt_add_resources(
        ${target}
        ${target}_catalogues
        PREFIX
        /i18n
        BASE
        "${CMAKE_CURRENT_BINARY_DIR}"
        FILES
        ${catalogues})
endfunction()
