# A stranger's project: builds tests/install/consumer against an installed copy of this build, once for each component.
# `cmake --install` needs the whole build, so build everything before these tests run.
set(root ${CMAKE_CURRENT_BINARY_DIR}/install)
set(prefix ${root}/prefix)

add_test(NAME install.clean COMMAND ${CMAKE_COMMAND} -E rm -rf ${prefix})
add_test(NAME install.install
         COMMAND ${CMAKE_COMMAND} --install ${PROJECT_BINARY_DIR} --prefix ${prefix} --config $<CONFIG>)
set_tests_properties(install.clean PROPERTIES LABELS install FIXTURES_SETUP cleaned_prefix)
set_tests_properties(install.install PROPERTIES LABELS install FIXTURES_REQUIRED cleaned_prefix
                                                FIXTURES_SETUP installed_copy)

# install_test(<name> <project dir> [RUN <program>] [OPTIONS <cmake option>...])
# Configures and builds a project that finds the installed copy, and runs the program.
function(install_test name project)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "RUN" "OPTIONS")
  set(run)
  if(arg_RUN)
    set(run --test-command ${arg_RUN})
  endif()
  add_test(NAME install.${name}
           COMMAND ${CMAKE_CTEST_COMMAND}
                   --build-and-test ${CMAKE_CURRENT_SOURCE_DIR}/install/${project} ${root}/${name}
                   --build-generator ${CMAKE_GENERATOR}
                   --build-options -D CMAKE_PREFIX_PATH=${prefix}
                                   -D CMAKE_BUILD_TYPE=$<CONFIG>
                                   -D CMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER}
                                   -D CMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER}
                                   -D "CMAKE_CXX_FLAGS=${CMAKE_CXX_FLAGS}"
                                   -D CMAKE_CXX_FLAGS_DEBUG=-O0
                                   -D CMAKE_EXE_LINKER_FLAGS=${CMAKE_EXE_LINKER_FLAGS}
                                   -D CMAKE_FIND_USE_PACKAGE_REGISTRY=OFF
                                   ${arg_OPTIONS}
                   ${run})
  set_tests_properties(install.${name} PROPERTIES
    LABELS install
    FIXTURES_REQUIRED installed_copy)
endfunction()

function(install_component_test component source)
  install_test(${component} consumer RUN ./consumer
               OPTIONS -D COMPONENT=${component} -D SOURCE=${PROJECT_SOURCE_DIR}/${source} ${ARGN})
endfunction()

install_component_test(batch tests/install/consumer/batch.cpp
                       -D CMAKE_DISABLE_FIND_PACKAGE_rapidcheck=ON
                       -D CMAKE_DISABLE_FIND_PACKAGE_GTest=ON
                       -D CMAKE_DISABLE_FIND_PACKAGE_nlohmann_json=ON
                       -D CMAKE_DISABLE_FIND_PACKAGE_Boost=ON)
install_component_test(json examples/typed_payloads.cpp
                       -D CMAKE_DISABLE_FIND_PACKAGE_rapidcheck=ON
                       -D CMAKE_DISABLE_FIND_PACKAGE_GTest=ON)
install_test(json_nlohmann consumer RUN ./consumer
             OPTIONS -D COMPONENT=json -D SOURCE=${PROJECT_SOURCE_DIR}/examples/typed_payloads_nlohmann.cpp)
install_component_test(windows examples/tumbling_windows.cpp
                       -D CMAKE_DISABLE_FIND_PACKAGE_rapidcheck=ON
                       -D CMAKE_DISABLE_FIND_PACKAGE_GTest=ON)
install_component_test(async tests/install/consumer/async.cpp
                       -D CMAKE_DISABLE_FIND_PACKAGE_rapidcheck=ON
                       -D CMAKE_DISABLE_FIND_PACKAGE_GTest=ON)
install_component_test(concurrency examples/verified_concurrency.cpp -D CMAKE_DISABLE_FIND_PACKAGE_GTest=ON)
install_component_test(fixtures tests/install/consumer/fixtures.cpp
                       -D CMAKE_DISABLE_FIND_PACKAGE_rapidcheck=ON
                       -D CMAKE_DISABLE_FIND_PACKAGE_GTest=ON)
install_component_test(simulator examples/simulation.cpp
                       -D CMAKE_DISABLE_FIND_PACKAGE_rapidcheck=ON
                       -D CMAKE_DISABLE_FIND_PACKAGE_GTest=ON)
install_component_test(generators tests/install/consumer/generators.cpp -D CMAKE_DISABLE_FIND_PACKAGE_GTest=ON)
install_component_test(properties tests/install/consumer/properties.cpp -D CMAKE_DISABLE_FIND_PACKAGE_GTest=ON)
install_component_test(window_laws tests/install/consumer/window_laws.cpp -D CMAKE_DISABLE_FIND_PACKAGE_GTest=ON)
install_component_test(zoo tests/install/consumer/zoo.cpp -D CMAKE_DISABLE_FIND_PACKAGE_GTest=ON)

if(TARGET batchproof::envelopes)
  install_component_test(envelopes tests/install/consumer/envelopes.cpp
                         -D CMAKE_DISABLE_FIND_PACKAGE_rapidcheck=ON
                         -D CMAKE_DISABLE_FIND_PACKAGE_GTest=ON)
endif()
if(TARGET batchproof::aws)
  install_component_test(aws tests/install/consumer/aws.cpp
                         -D CMAKE_DISABLE_FIND_PACKAGE_rapidcheck=ON
                         -D CMAKE_DISABLE_FIND_PACKAGE_GTest=ON)
endif()
if(TARGET batchproof::idempotency)
  install_component_test(idempotency examples/idempotency.cpp
                         -D CMAKE_DISABLE_FIND_PACKAGE_rapidcheck=ON
                         -D CMAKE_DISABLE_FIND_PACKAGE_GTest=ON)
  install_component_test(effects examples/effects.cpp -D CMAKE_DISABLE_FIND_PACKAGE_GTest=ON)
endif()
if(TARGET batchproof::benchmarking)
  install_test(benchmarking ../../examples/benchmarks RUN ./order_benchmarks
               OPTIONS -D CMAKE_DISABLE_FIND_PACKAGE_GTest=ON)
endif()

# The sample functions, where aws-lambda-cpp is found.
if(TARGET batchproof::lambda_runtime)
  install_test(lambda_runtime ../../examples/functions
               OPTIONS -D aws-lambda-runtime_DIR=${aws-lambda-runtime_DIR})
endif()

# The project that the README describes: a function and its tests, by the components json and gtest.
install_test(readme orders RUN ./orders_tests)

# Tests of a function in another language, by the installed command.
if(TARGET batchproof_tool AND BATCHPROOF_NODE)
  install_test(function function RUN ${CMAKE_CTEST_COMMAND} --output-on-failure
               OPTIONS -D EXAMPLE=${PROJECT_SOURCE_DIR}/examples/any_language/node_loop
                       -D FAULTY=${PROJECT_SOURCE_DIR}/tests/blackbox/corpus)
endif()

# An optional component whose package is missing is not found, and the others are.
install_test(optional_components consumer RUN ./consumer
             OPTIONS -D COMPONENT=batch -D SOURCE=${CMAKE_CURRENT_SOURCE_DIR}/install/consumer/batch.cpp
                     -D UNUSABLE=gtest -D CMAKE_DISABLE_FIND_PACKAGE_GTest=ON)

# A missing component is refused with a list of the existing ones.
install_test(unknown_component consumer OPTIONS -D COMPONENT=weather -D SOURCE=none.cpp)
set_tests_properties(install.unknown_component PROPERTIES
  PASS_REGULAR_EXPRESSION "There is no[ \n]+component[ \n]+'weather'")
install_test(unknown_version consumer OPTIONS -D COMPONENT=batch -D VERSION=0.2 -D SOURCE=none.cpp)
set_tests_properties(install.unknown_version PROPERTIES
  PASS_REGULAR_EXPRESSION "compatible[ \n]+with[ \n]+requested[ \n]+version")

# The other way in: the source tree as a part of another project, which gets the processor library alone, here a shared one.
install_test(subdirectory subdirectory RUN ./consumer
             OPTIONS -D BATCHPROOF_SOURCE=${PROJECT_SOURCE_DIR}
                     -D BUILD_SHARED_LIBS=ON
                     -D CMAKE_UNITY_BUILD=${CMAKE_UNITY_BUILD}
                     -D CMAKE_UNITY_BUILD_BATCH_SIZE=16
                     -D SOURCE=${CMAKE_CURRENT_SOURCE_DIR}/install/consumer/batch.cpp
                     -D CMAKE_DISABLE_FIND_PACKAGE_rapidcheck=ON
                     -D CMAKE_DISABLE_FIND_PACKAGE_GTest=ON)

# The same by FetchContent, from a folder in place of a repository. Neither installs anything of batchproof's.
install_test(fetch_content subdirectory RUN ${CMAKE_COMMAND} -P ${CMAKE_CURRENT_SOURCE_DIR}/install/nothing_installed.cmake
             OPTIONS -D BATCHPROOF_SOURCE=${PROJECT_SOURCE_DIR}
                     -D BY_FETCH_CONTENT=ON
                     -D CMAKE_UNITY_BUILD=${CMAKE_UNITY_BUILD}
                     -D CMAKE_UNITY_BUILD_BATCH_SIZE=16
                     -D SOURCE=${CMAKE_CURRENT_SOURCE_DIR}/install/consumer/batch.cpp
                     -D CMAKE_DISABLE_FIND_PACKAGE_rapidcheck=ON
                     -D CMAKE_DISABLE_FIND_PACKAGE_GTest=ON)

# The target `uninstall` removes what was installed, and no other file.
add_test(NAME install.uninstall
         COMMAND ${CMAKE_COMMAND} -D BUILD=${PROJECT_BINARY_DIR} -D ROOT=${root}/uninstall
                 -P ${CMAKE_CURRENT_SOURCE_DIR}/install/uninstall_test.cmake)
set_tests_properties(install.uninstall PROPERTIES LABELS install FIXTURES_REQUIRED installed_copy RUN_SERIAL ON)

# pkg-config gives the options of a compiler for each component whose packages have a .pc file.
find_program(BATCHPROOF_PKG_CONFIG pkg-config)
if(BATCHPROOF_PKG_CONFIG)
  add_test(NAME install.pkg_config
           COMMAND ${CMAKE_COMMAND} -D PKG_CONFIG=${BATCHPROOF_PKG_CONFIG} -D COMPILER=${CMAKE_CXX_COMPILER}
                   -D "FLAGS=${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_DEBUG} ${CMAKE_EXE_LINKER_FLAGS}"
                   -D PREFIX=${prefix} -D FOLDER=${prefix}/${CMAKE_INSTALL_LIBDIR}/pkgconfig -D OUTPUT=${root}/by_pkg_config
                   -D SOURCE=${CMAKE_CURRENT_SOURCE_DIR}/install/consumer/batch.cpp
                   -P ${CMAKE_CURRENT_SOURCE_DIR}/install/pkg_config_test.cmake)
  set_tests_properties(install.pkg_config PROPERTIES LABELS install FIXTURES_REQUIRED installed_copy)
endif()

# The linker refuses headers of one minor version with the library of another, and has no cause to refuse two libraries.
add_test(NAME install.mixed_versions
         COMMAND ${CMAKE_COMMAND} -D COMPILER=${CMAKE_CXX_COMPILER}
                 -D "FLAGS=${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_DEBUG} ${CMAKE_EXE_LINKER_FLAGS}"
                 -D NM=${CMAKE_NM} -D SOURCE=${CMAKE_CURRENT_SOURCE_DIR}/install/consumer/batch.cpp
                 -D LIBRARY=$<TARGET_FILE:batchproof_batch>
                 -D FOLDER=${root}/mixed_versions -P ${CMAKE_CURRENT_SOURCE_DIR}/install/mixed_versions_test.cmake)
set_tests_properties(install.mixed_versions PROPERTIES LABELS install)
