# An overlay port of the tree that it stands in:
#   vcpkg install 'batchproof[kit]' --overlay-ports=BATCHPROOF/packaging/vcpkg
get_filename_component(SOURCE_PATH "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)

vcpkg_check_features(OUT_FEATURE_OPTIONS feature_options
                     FEATURES kit BATCHPROOF_BUILD_KIT
                              tools BATCHPROOF_BUILD_TOOLS
                     INVERTED_FEATURES aws CMAKE_DISABLE_FIND_PACKAGE_CURL)
vcpkg_cmake_configure(SOURCE_PATH ${SOURCE_PATH}
                      OPTIONS ${feature_options}
                              -DBATCHPROOF_BUILD_TESTS=OFF
                              -DBATCHPROOF_BUILD_EXAMPLES=OFF
                              -DBATCHPROOF_BUILD_BENCH=OFF
                              -DBATCHPROOF_BUILD_TRACK=OFF
                              -DCMAKE_DISABLE_FIND_PACKAGE_aws-lambda-runtime=ON
                              -DCMAKE_DISABLE_FIND_PACKAGE_hiredis=ON
                              -DCMAKE_DISABLE_FIND_PACKAGE_ZLIB=ON
                              -DCMAKE_DISABLE_FIND_PACKAGE_benchmark=ON
                      MAYBE_UNUSED_VARIABLES CMAKE_DISABLE_FIND_PACKAGE_benchmark BATCHPROOF_BUILD_TOOLS)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(CONFIG_PATH lib/cmake/batchproof)
vcpkg_fixup_pkgconfig()
if("tools" IN_LIST FEATURES)
  vcpkg_copy_tools(TOOL_NAMES batchproof AUTO_CLEAN)
endif()
file(REMOVE_RECURSE ${CURRENT_PACKAGES_DIR}/debug/include ${CURRENT_PACKAGES_DIR}/debug/share)
vcpkg_install_copyright(FILE_LIST ${SOURCE_PATH}/LICENSE ${SOURCE_PATH}/NOTICE)
