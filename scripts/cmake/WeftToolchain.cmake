# SPDX-License-Identifier: Apache-2.0
# Compiler settings that ride on one interface target, weft_options. No global flags elsewhere.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Debug)
endif()

find_program(WEFT_CCACHE ccache)
if(WEFT_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${WEFT_CCACHE}")
endif()

# What is built for people is linked by the linker of the system. The rest is linked often: mold takes
# a quarter of its time for weftd, and there are many test programs.
find_program(WEFT_MOLD mold)
if(WEFT_MOLD AND NOT CMAKE_BUILD_TYPE STREQUAL "Release")
    add_link_options(-fuse-ld=mold)
endif()

find_package(Threads REQUIRED)
find_package(Protobuf REQUIRED)
find_package(absl REQUIRED)
find_package(gRPC CONFIG REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)

add_library(weft_options INTERFACE)
target_include_directories(weft_options INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_definitions(
    weft_options INTERFACE ASIO_STANDALONE ASIO_NO_DEPRECATED ASIO_SEPARATE_COMPILATION SPDLOG_FMT_EXTERNAL
                           WEFT_VERSION="${PROJECT_VERSION}")
target_link_libraries(weft_options INTERFACE Threads::Threads)

add_library(weft_warnings INTERFACE)
target_compile_options(
    weft_warnings
    INTERFACE -Wall
              -Wextra
              -Wpedantic
              -Wshadow
              -Wconversion
              -Wold-style-cast
              -Wnon-virtual-dtor
              -Woverloaded-virtual
              -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # g++ 12 reports overflows inside its own string code at -O2 that cannot happen.
    target_compile_options(weft_warnings INTERFACE -Wzero-as-null-pointer-constant
                                                   $<$<CONFIG:Release,RelWithDebInfo>:-Wno-restrict>)
else()
    # The stable_sort of g++ 12's library calls what the library itself deprecates; g++ warns of ours.
    target_compile_options(weft_warnings INTERFACE -Wthread-safety -Wno-deprecated-declarations)
endif()

if(WEFT_SANITIZE STREQUAL "address")
    # Code that protoc wrote is not instrumented: half of the build would be spent in it. Its memory
    # still comes from the sanitizer. The four checks left out double the size of an object for what
    # the address sanitizer or an x86 says by itself; the fuzz preset has them.
    set(instrumented "$<NOT:$<BOOL:$<TARGET_PROPERTY:WEFT_GENERATED>>>")
    target_compile_options(
        weft_options
        INTERFACE
            "$<${instrumented}:-fsanitize=address,undefined;-fno-sanitize=null,alignment,vptr,object-size>"
            -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(weft_options INTERFACE -fsanitize=address,undefined)
elseif(WEFT_SANITIZE STREQUAL "thread")
    # asio orders by fences, which g++ warns that the sanitizer cannot see; its locks it does see.
    target_compile_options(
        weft_options INTERFACE -fsanitize=thread -fno-omit-frame-pointer
                               $<$<CXX_COMPILER_ID:GNU>:-Wno-tsan>)
    target_link_options(weft_options INTERFACE -fsanitize=thread)
elseif(WEFT_SANITIZE STREQUAL "coverage")
    target_compile_options(weft_options INTERFACE --coverage -O0)
    target_link_options(weft_options INTERFACE --coverage)
elseif(NOT WEFT_SANITIZE STREQUAL "")
    message(FATAL_ERROR "WEFT_SANITIZE is address, thread, coverage or empty, not ${WEFT_SANITIZE}")
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release")
    target_compile_options(weft_options INTERFACE -fstack-protector-strong -D_FORTIFY_SOURCE=2
                                                  -ffunction-sections -fdata-sections)
    target_link_options(weft_options INTERFACE -Wl,-z,relro,-z,now -Wl,--gc-sections
                                               -Wl,--as-needed)
endif()
