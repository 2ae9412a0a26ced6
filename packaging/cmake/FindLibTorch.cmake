# Imported targets over an unpacked LibTorch or the `torch` package of a Python wheel (both have include/ and lib/).
#
#   SPRITELOOM_TORCH   the folder that holds include/ and lib/; by default the one in the project's own .venv
#
# find_package(Torch) of a CUDA wheel stops where no CUDA toolkit is installed, so this looks at the files alone: the CUDA
# libraries are linked where they are there, and kept although no symbol of ours names them (they register themselves).

if(NOT SPRITELOOM_TORCH)
  file(GLOB _venv_torch ${CMAKE_SOURCE_DIR}/.venv/lib/python3*/site-packages/torch)
  if(_venv_torch)
    list(GET _venv_torch 0 _venv_torch)
  endif()
  set(SPRITELOOM_TORCH "${_venv_torch}" CACHE PATH "Folder with LibTorch's include/ and lib/" FORCE)
endif()

set(LibTorch_VERSION "")
if(EXISTS ${SPRITELOOM_TORCH}/include/torch/headeronly/version.h)
  set(_version_header ${SPRITELOOM_TORCH}/include/torch/headeronly/version.h)
else()
  set(_version_header ${SPRITELOOM_TORCH}/include/torch/csrc/api/include/torch/version.h)
endif()
if(EXISTS ${_version_header})
  file(STRINGS ${_version_header} _lines REGEX "#define TORCH_VERSION_(MAJOR|MINOR|PATCH) ")
  foreach(_part MAJOR MINOR PATCH)
    foreach(_line IN LISTS _lines)
      if(_line MATCHES "TORCH_VERSION_${_part} ([0-9]+)")
        list(APPEND _numbers ${CMAKE_MATCH_1})
      endif()
    endforeach()
  endforeach()
  list(JOIN _numbers "." LibTorch_VERSION)
endif()

find_library(LibTorch_torch_LIBRARY torch PATHS ${SPRITELOOM_TORCH}/lib NO_DEFAULT_PATH NO_CACHE)
find_library(LibTorch_cpu_LIBRARY torch_cpu PATHS ${SPRITELOOM_TORCH}/lib NO_DEFAULT_PATH NO_CACHE)
find_library(LibTorch_c10_LIBRARY c10 PATHS ${SPRITELOOM_TORCH}/lib NO_DEFAULT_PATH NO_CACHE)
find_library(LibTorch_cuda_LIBRARY torch_cuda PATHS ${SPRITELOOM_TORCH}/lib NO_DEFAULT_PATH NO_CACHE)
find_library(LibTorch_c10_cuda_LIBRARY c10_cuda PATHS ${SPRITELOOM_TORCH}/lib NO_DEFAULT_PATH NO_CACHE)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(LibTorch
  REQUIRED_VARS LibTorch_torch_LIBRARY LibTorch_cpu_LIBRARY LibTorch_c10_LIBRARY
  VERSION_VAR LibTorch_VERSION
  REASON_FAILURE_MESSAGE "no LibTorch in '${SPRITELOOM_TORCH}': run packaging/build, or give -DSPRITELOOM_TORCH=DIR")

if(LibTorch_FOUND AND NOT TARGET LibTorch::LibTorch)
  if(LibTorch_VERSION AND LibTorch_VERSION VERSION_LESS 2.4)
    message(FATAL_ERROR "LibTorch ${LibTorch_VERSION} is too old: 2.4 or newer is needed")
  endif()
  add_library(LibTorch::LibTorch INTERFACE IMPORTED)
  target_include_directories(LibTorch::LibTorch SYSTEM INTERFACE
    ${SPRITELOOM_TORCH}/include ${SPRITELOOM_TORCH}/include/torch/csrc/api/include)
  target_link_options(LibTorch::LibTorch INTERFACE "LINKER:-rpath,${SPRITELOOM_TORCH}/lib")
  set(_libraries ${LibTorch_torch_LIBRARY} ${LibTorch_cpu_LIBRARY} ${LibTorch_c10_LIBRARY})
  if(LibTorch_cuda_LIBRARY)
    list(APPEND _libraries ${LibTorch_cuda_LIBRARY} ${LibTorch_c10_cuda_LIBRARY})
  endif()
  target_link_libraries(LibTorch::LibTorch INTERFACE
    "-Wl,--push-state,--no-as-needed" ${_libraries} "-Wl,--pop-state")
  message(STATUS "LibTorch ${LibTorch_VERSION} in ${SPRITELOOM_TORCH}")
endif()
