# batchproof_component(<name> [INTERFACE | STATIC] ROOT <dir> [PUBLIC_LINK <target>...] [PRIVATE_LINK <target>...])
#
# Makes the library batchproof::<name> from <dir>/src/*.cpp and the public headers in <dir>/include, and installs it
# with an export set of its own, so that a consumer of one component needs the packages of no other. Without INTERFACE
# or STATIC, BUILD_SHARED_LIBS decides. Call it for the lowest floor first: the package config repeats the order and
# the links, where `<package>::<target>` says which package to find; so does `AWS::<package>`, AWS's way to name targets.
function(batchproof_component name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "INTERFACE;STATIC" "ROOT" "PUBLIC_LINK;PRIVATE_LINK")
  cmake_path(ABSOLUTE_PATH arg_ROOT NORMALIZE)
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS ${arg_ROOT}/include/*.hpp)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${arg_ROOT}/src/*.cpp)

  set(target batchproof_${name})
  set(scope PUBLIC)
  if(arg_INTERFACE)
    set(kind INTERFACE)
    set(scope INTERFACE)
  elseif(arg_STATIC)
    set(kind STATIC)
  endif()
  add_library(${target} ${kind} ${sources})
  add_library(batchproof::${name} ALIAS ${target})
  target_sources(${target} ${scope} FILE_SET HEADERS BASE_DIRS ${arg_ROOT}/include FILES ${headers})
  target_compile_features(${target} ${scope} cxx_std_20)
  target_link_libraries(${target} ${scope} ${arg_PUBLIC_LINK} PRIVATE ${arg_PRIVATE_LINK})
  set_target_properties(${target} PROPERTIES
    EXPORT_NAME ${name}
    POSITION_INDEPENDENT_CODE ON
    VERSION ${PROJECT_VERSION}
    SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})

  # What may be shared exports what BATCHPROOF_EXPORT stands before; static or not, so that both are the same code.
  if(NOT arg_INTERFACE AND NOT arg_STATIC)
    set_target_properties(${target} PROPERTIES CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  endif()
  get_target_property(type ${target} TYPE)
  if(type STREQUAL SHARED_LIBRARY AND NOT APPLE)
    set(exported ${PROJECT_SOURCE_DIR}/cmake/exported_symbols.map)
    target_link_options(${target} PRIVATE -Wl,--version-script=${exported})
    set_target_properties(${target} PROPERTIES LINK_DEPENDS ${exported})
  endif()

  set(links ${arg_PUBLIC_LINK} ${arg_PRIVATE_LINK})
  if(BATCHPROOF_INSTALL)
    if(NOT arg_INTERFACE)
      install(CODE "
        if(NOT EXISTS \"$<TARGET_FILE:${target}>\")
          message(FATAL_ERROR \"batchproof::${name} is not built yet (script/verify builds a part of the project): \"
                              \"run cmake --build ${PROJECT_BINARY_DIR}, and install again\")
        endif()" COMPONENT development)
    endif()
    install(TARGETS ${target} EXPORT ${target} COMPONENT development FILE_SET HEADERS COMPONENT development
            INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
    install(EXPORT ${target} FILE batchproof-${name}-targets.cmake NAMESPACE batchproof::
            DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/batchproof COMPONENT development)
    batchproof_install_pkg_config(${name} ${links})
  endif()

  set_property(GLOBAL APPEND PROPERTY BATCHPROOF_COMPONENTS ${name})
  set_property(GLOBAL APPEND_STRING PROPERTY BATCHPROOF_COMPONENT_LINKS "set(_batchproof_${name}_links ${links})\n")
endfunction()

# Installs the package config, which offers the components made so far.
function(batchproof_install_config)
  set(destination ${CMAKE_INSTALL_LIBDIR}/cmake/batchproof)
  get_property(components GLOBAL PROPERTY BATCHPROOF_COMPONENTS)
  get_property(component_links GLOBAL PROPERTY BATCHPROOF_COMPONENT_LINKS)
  configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/batchproofConfig.cmake.in batchproofConfig.cmake
                                INSTALL_DESTINATION ${destination}
                                NO_SET_AND_CHECK_MACRO NO_CHECK_REQUIRED_COMPONENTS_MACRO)
  write_basic_package_version_file(batchproofConfigVersion.cmake COMPATIBILITY SameMinorVersion)
  install(FILES ${PROJECT_BINARY_DIR}/batchproofConfig.cmake ${PROJECT_BINARY_DIR}/batchproofConfigVersion.cmake
                ${PROJECT_SOURCE_DIR}/cmake/Findhiredis.cmake ${PROJECT_SOURCE_DIR}/cmake/Findre2.cmake
                ${PROJECT_SOURCE_DIR}/cmake/batchproof_add_function_test.cmake
          DESTINATION ${destination} COMPONENT development)
endfunction()
