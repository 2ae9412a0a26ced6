# ccache, where it is: keyed by paths relative to the tree, so that any build folder of any clone hits.
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE_PROGRAM})
endif()

# The few rules every target of ours obeys: warnings are errors, Qt's keyword macros are off, the include root is the
# top of the tree, and torch/torch.h is precompiled once for the libraries that may include it.

add_library(spriteloom_rules INTERFACE)
target_include_directories(spriteloom_rules INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(spriteloom_rules INTERFACE -Wall -Wextra -Wconversion -Werror
  -fPIC)  # as Qt asks of its users: everywhere, so that all can share the precompiled headers
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(spriteloom_rules INTERFACE -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread
                         -Wno-array-bounds)  # false alarms in std::string, GCC bug 105651
endif()
target_compile_definitions(spriteloom_rules INTERFACE QT_NO_KEYWORDS QT_NO_CAST_TO_ASCII
                                                      SPRITELOOM_VERSION="${PROJECT_VERSION}")
if(SPRITELOOM_SANITIZE)
  target_compile_options(spriteloom_rules INTERFACE -fsanitize=address,undefined -fno-omit-frame-pointer
    -fno-sanitize-recover=undefined -O1 -Wno-maybe-uninitialized)  # a false alarm in the instrumented std::regex
  target_link_options(spriteloom_rules INTERFACE -fsanitize=address,undefined)
endif()
if(SPRITELOOM_FUZZ)
  target_compile_options(spriteloom_rules INTERFACE -Wno-error -O1 -gline-tables-only -fno-omit-frame-pointer
    -fsanitize=fuzzer-no-link,address,undefined,float-cast-overflow -fno-sanitize-recover=all)
  target_compile_definitions(spriteloom_rules INTERFACE _GLIBCXX_ASSERTIONS)
  target_link_options(spriteloom_rules INTERFACE -fsanitize=address,undefined)
endif()

# spriteloom_library(NAME [TORCH] DEPENDS target...): one static library from the sources of the folder.
# With TORCH the library may include LibTorch; nothing that links it inherits those headers.
function(spriteloom_library name)
  cmake_parse_arguments(arg "TORCH" "" "DEPENDS;PRIVATE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  add_library(${name} STATIC ${sources})
  target_link_libraries(${name} PUBLIC ${arg_DEPENDS} PRIVATE spriteloom_rules ${arg_PRIVATE})
  if(arg_TORCH)
    spriteloom_use_torch(${name})
  else()
    target_precompile_headers(${name} REUSE_FROM spriteloom_common_header)
  endif()
endfunction()

# Precompiled headers, one object library each that the others reuse: nlohmann/json.hpp costs 2 s a file, torch/torch.h 17 s.
set(SPRITELOOM_COMMON_HEADERS <nlohmann/json.hpp> <algorithm> <filesystem> <functional> <memory> <optional> <string> <vector>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(spriteloom_rules INTERFACE -fpch-preprocess)  # ccache needs it to see through them
endif()
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/header.cpp CONTENT "// carries a precompiled header\n")
add_library(spriteloom_common_header OBJECT ${CMAKE_BINARY_DIR}/header.cpp)
target_link_libraries(spriteloom_common_header PRIVATE nlohmann_json::nlohmann_json spriteloom_rules)
target_precompile_headers(spriteloom_common_header PRIVATE ${SPRITELOOM_COMMON_HEADERS})
if(TARGET LibTorch::LibTorch)
  add_library(spriteloom_torch_header OBJECT ${CMAKE_BINARY_DIR}/header.cpp)
  target_link_libraries(spriteloom_torch_header PRIVATE nlohmann_json::nlohmann_json LibTorch::LibTorch spriteloom_rules)
  target_precompile_headers(spriteloom_torch_header PRIVATE <torch/torch.h> ${SPRITELOOM_COMMON_HEADERS})
endif()

function(spriteloom_use_torch name)
  target_link_libraries(${name} PRIVATE LibTorch::LibTorch)
  target_precompile_headers(${name} REUSE_FROM spriteloom_torch_header)
endfunction()

# spriteloom_test(NAME [TORCH] DEPENDS target...): one GoogleTest program from the .cpp files of the folder, every TEST a
# ctest of its own. MAIN names a source with a main of its own.
function(spriteloom_test name)
  cmake_parse_arguments(arg "TORCH;OWN_MAIN" "HEADER" "DEPENDS;LABELS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/*.h)
  if(NOT sources)
    return()
  endif()
  add_executable(${name} ${sources})
  target_link_libraries(${name} PRIVATE ${arg_DEPENDS} GTest::gtest spriteloom_rules)
  if(NOT arg_OWN_MAIN)
    target_link_libraries(${name} PRIVATE GTest::gtest_main)
  endif()
  target_compile_definitions(${name} PRIVATE SPRITELOOM_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
                                             SPRITELOOM_BINARY_DIR="${CMAKE_BINARY_DIR}")
  if(arg_TORCH)
    spriteloom_use_torch(${name})
  elseif(arg_HEADER)
    target_precompile_headers(${name} REUSE_FROM ${arg_HEADER})
  else()
    target_precompile_headers(${name} REUSE_FROM spriteloom_common_header)
  endif()
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60 PROPERTIES LABELS "${arg_LABELS}" TIMEOUT 600
                       ENVIRONMENT "QT_QPA_PLATFORM=offscreen;OMP_WAIT_POLICY=passive;SPRITELOOM_MODELS=${CMAKE_BINARY_DIR}/no-models")
endfunction()
