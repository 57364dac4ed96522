# Removes the files of the last `cmake --install` of the build folder that it runs in, and folders named batchproof that
# this leaves empty.
if(NOT EXISTS install_manifest.txt)
  message(FATAL_ERROR "Nothing was installed from this folder: it has no install_manifest.txt.")
endif()

file(STRINGS install_manifest.txt files)
set(folders)
foreach(file IN LISTS files)
  message(STATUS "Removing $ENV{DESTDIR}${file}")
  file(REMOVE $ENV{DESTDIR}${file})
  cmake_path(GET file PARENT_PATH folder)
  while(folder MATCHES "/batchproof(/|$)")
    list(APPEND folders $ENV{DESTDIR}${folder})
    cmake_path(GET folder PARENT_PATH folder)
  endwhile()
endforeach()

# The deepest first, which are the longest of each branch.
list(REMOVE_DUPLICATES folders)
list(SORT folders ORDER DESCENDING)
foreach(folder IN LISTS folders)
  execute_process(COMMAND rmdir ${folder} ERROR_QUIET)  # which refuses a folder that holds something
endforeach()
