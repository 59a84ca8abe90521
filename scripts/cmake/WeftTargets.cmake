# SPDX-License-Identifier: Apache-2.0

# weft_library(name SOURCES ... PUBLIC ... PRIVATE ...)
# A static library weft_<name> with the alias weft::<name>. The link line is the dependency rule of
# its folder: scripts/check-layers compares it with the includes.
function(weft_library name)
    cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    add_library(weft_${name} STATIC ${ARG_SOURCES})
    add_library(weft::${name} ALIAS weft_${name})
    target_link_libraries(
        weft_${name}
        PUBLIC weft_options ${ARG_PUBLIC}
        PRIVATE weft_warnings ${ARG_PRIVATE})
endfunction()

# weft_test(name LABELS ... SOURCES ... LINK ... [TIMEOUT seconds])
# A GoogleTest program whose cases become ctest tests with the labels given.
function(weft_test name)
    cmake_parse_arguments(ARG "" "TIMEOUT" "LABELS;SOURCES;LINK" ${ARGN})
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 60)
    endif()
    if(NOT ARG_LABELS)
        set(ARG_LABELS unit)
    endif()
    add_executable(${name} ${ARG_SOURCES})
    target_link_libraries(${name} PRIVATE weft_options weft_warnings weft::support ${ARG_LINK}
                                          GTest::gmock GTest::gtest_main)
    gtest_discover_tests(
        ${name}
        DISCOVERY_MODE PRE_TEST
        PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${ARG_TIMEOUT})
endfunction()
