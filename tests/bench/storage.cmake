# SPDX-License-Identifier: Apache-2.0
# bench_storage, and the same loop against etcd: scripts/bench-storage runs both.
add_executable(bench_storage bench_storage.cpp closed_loop.h)
target_link_libraries(bench_storage PRIVATE weft_options weft_warnings weft::storage_sqlite)

set(etcd_gen "${CMAKE_CURRENT_BINARY_DIR}/etcd_gen")
file(MAKE_DIRECTORY "${etcd_gen}")
set(etcd_sources "${etcd_gen}/etcd_min.pb.cc" "${etcd_gen}/etcd_min.grpc.pb.cc")
add_custom_command(
    OUTPUT ${etcd_sources} "${etcd_gen}/etcd_min.pb.h" "${etcd_gen}/etcd_min.grpc.pb.h"
    COMMAND protobuf::protoc "--proto_path=${CMAKE_CURRENT_SOURCE_DIR}" "--cpp_out=${etcd_gen}"
            "--grpc_out=${etcd_gen}"
            "--plugin=protoc-gen-grpc=$<TARGET_FILE:gRPC::grpc_cpp_plugin>" etcd_min.proto
    DEPENDS etcd_min.proto protobuf::protoc gRPC::grpc_cpp_plugin
    VERBATIM)
add_library(bench_etcd_proto STATIC ${etcd_sources})
target_include_directories(bench_etcd_proto SYSTEM PUBLIC "${etcd_gen}")
target_compile_options(bench_etcd_proto PRIVATE -w)
target_link_libraries(bench_etcd_proto PUBLIC weft_options protobuf::libprotobuf gRPC::grpc++)

add_executable(bench_etcd_peer closed_loop.h etcd_peer.cpp)
target_link_libraries(bench_etcd_peer PRIVATE weft_options weft_warnings bench_etcd_proto
                                              fmt::fmt)
