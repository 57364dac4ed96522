# How pkg-config names what the components link; "" for headers alone, which compilers find by themselves. Libraries that
# bring no .pc file are named as linkers name them.
set(batchproof_pkg_config_of_simdjson::simdjson simdjson)
set(batchproof_pkg_config_of_nlohmann_json::nlohmann_json nlohmann_json)
set(batchproof_pkg_config_of_Boost::headers "")
set(batchproof_pkg_config_of_Threads::Threads -pthread)
set(batchproof_pkg_config_of_CURL::libcurl libcurl)
set(batchproof_pkg_config_of_hiredis::hiredis -lhiredis)
set(batchproof_pkg_config_of_ZLIB::ZLIB zlib)
set(batchproof_pkg_config_of_re2::re2 re2)
set(batchproof_pkg_config_of_rapidcheck -lrapidcheck)
set(batchproof_pkg_config_of_GTest::gtest gtest)
set(batchproof_pkg_config_of_GTest::gmock gmock)
set(batchproof_pkg_config_of_benchmark::benchmark benchmark)
set(batchproof_pkg_config_of_AWS::aws-lambda-runtime -laws-lambda-runtime)

# batchproof_install_pkg_config(<component> <link>...) installs batchproof-<component>.pc, which requires those of the
# components and packages that it links. The folder may be moved: its paths are relative to the file.
function(batchproof_install_pkg_config name)
  set(requires)
  set(libraries)
  foreach(link IN LISTS ARGN)
    if(link MATCHES "^batchproof::(.*)")
      list(APPEND requires "batchproof-${CMAKE_MATCH_1} = ${PROJECT_VERSION}")
    elseif(NOT DEFINED batchproof_pkg_config_of_${link})
      message(FATAL_ERROR "Say in ${CMAKE_CURRENT_FUNCTION_LIST_FILE} how pkg-config names ${link}")
    elseif(batchproof_pkg_config_of_${link} MATCHES "^-")
      list(APPEND libraries ${batchproof_pkg_config_of_${link}})
    elseif(batchproof_pkg_config_of_${link})
      list(APPEND requires ${batchproof_pkg_config_of_${link}})
    endif()
  endforeach()
  list(JOIN requires ", " requires)
  list(JOIN libraries " " libraries)
  get_target_property(type batchproof_${name} TYPE)
  if(NOT type STREQUAL INTERFACE_LIBRARY)
    string(PREPEND libraries "-L\${libdir} -lbatchproof_${name} ")
  endif()

  set(folder ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
  file(RELATIVE_PATH to_prefix /${folder} /)
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/pkgconfig/batchproof-${name}.pc @ONLY CONTENT
       "prefix=\${pcfiledir}/${to_prefix}
includedir=\${prefix}/${CMAKE_INSTALL_INCLUDEDIR}
libdir=\${prefix}/${CMAKE_INSTALL_LIBDIR}

Name: batchproof-${name}
Description: ${PROJECT_DESCRIPTION} (${name})
URL: ${PROJECT_HOMEPAGE_URL}
Version: ${PROJECT_VERSION}
Requires: ${requires}
Cflags: -I\${includedir}
Libs: ${libraries}
")
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/pkgconfig/batchproof-${name}.pc DESTINATION ${folder} COMPONENT development)
endfunction()
