# Debian packages of the components `development` and `command`; script/package makes them.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_VENDOR "The batchproof authors")
set(CPACK_PACKAGE_CONTACT "The batchproof authors <batchproof@example.org>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL development command)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libbatchproof-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
# A program needs the packages of the components that it links: those of batch and json always, the kit's in tests.
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "libsimdjson-dev, nlohmann-json3-dev, libboost1.81-dev")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_RECOMMENDS
    "librapidcheck-dev, libre2-dev, libgtest-dev, libgmock-dev, libcurl4-openssl-dev, libhiredis-dev, libprotozero-dev, \
zlib1g-dev, cmake, pkg-config")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SUGGESTS "batchproof, libbenchmark-dev")
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION
    "partial failures of AWS Lambda batches - C++ library and test kit
batchproof processes batches of SQS, Kinesis Data Streams, DynamoDB Streams
and Kafka in AWS Lambda functions, and reports the records that the service
must deliver again. Its test kit checks such functions against laws on random
batches, and shows the smallest batch that violates a law.
.
This package holds the headers and the static libraries of all components,
with their files for CMake and pkg-config.")

set(CPACK_DEBIAN_COMMAND_PACKAGE_NAME batchproof)
set(CPACK_DEBIAN_COMMAND_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_COMMAND_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_COMMAND_PACKAGE_SUGGESTS libbatchproof-dev)
set(CPACK_COMPONENT_COMMAND_DESCRIPTION
    "partial failures of AWS Lambda batches - command
batchproof processes events of AWS Lambda and explains the result, verifies
the processing of batches against laws, simulates the service around a
function, and finds settings in templates that lose or multiply records.")

# The documents that Debian asks of a package stand in it alone: no other installation has them. The date of the changelog
# is SOURCE_DATE_EPOCH's, where that is set.
file(READ NOTICE notice)
file(READ packaging/third_party_licences.txt third_party_licences)
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)
foreach(package development=libbatchproof-dev command=batchproof)
  string(REGEX MATCH "(.*)=(.*)" package ${package})
  set(component ${CMAKE_MATCH_1})
  set(name ${CMAKE_MATCH_2})
  set(documents ${CMAKE_CURRENT_BINARY_DIR}/packages/${name})
  file(WRITE ${documents}/changelog "${name} (${PROJECT_VERSION}) stable; urgency=medium

  * See CHANGELOG.md at ${PROJECT_HOMEPAGE_URL}

 -- ${CPACK_PACKAGE_CONTACT}  ${date}
")
  execute_process(COMMAND gzip -9nf ${documents}/changelog)
  file(WRITE ${documents}/copyright "${notice}
Licensed under the Apache License, Version 2.0; on Debian systems its text is /usr/share/common-licenses/Apache-2.0.

${third_party_licences}")
  install(FILES ${documents}/changelog.gz ${documents}/copyright DESTINATION share/doc/${name}
          COMPONENT ${component} EXCLUDE_FROM_ALL)
endforeach()

include(CPack)
