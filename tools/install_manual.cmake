# Has the command write its manual page and the completions of shells, and installs them. A command that was built for
# another machine cannot run here; there they are left out.
if(CMAKE_CROSSCOMPILING)
  return()
endif()

set(BATCHPROOF_ZSH_COMPLETIONS share/zsh/site-functions CACHE STRING "Where completions of zsh are installed")

set(folder ${CMAKE_CURRENT_BINARY_DIR}/manual)
set(completions ${folder}/batchproof.bash ${folder}/_batchproof ${folder}/batchproof.fish)
file(MAKE_DIRECTORY ${folder})
add_custom_command(OUTPUT ${folder}/batchproof.1.gz ${completions}
                   COMMAND batchproof_tool manual > batchproof.1
                   COMMAND gzip -9nf batchproof.1
                   COMMAND batchproof_tool completion bash > batchproof.bash
                   COMMAND batchproof_tool completion zsh > _batchproof
                   COMMAND batchproof_tool completion fish > batchproof.fish
                   DEPENDS batchproof_tool
                   WORKING_DIRECTORY ${folder}
                   VERBATIM)
add_custom_target(batchproof_manual ALL DEPENDS ${folder}/batchproof.1.gz ${completions})

install(FILES ${folder}/batchproof.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT command)
install(FILES ${folder}/batchproof.bash DESTINATION share/bash-completion/completions RENAME batchproof
        COMPONENT command)
install(FILES ${folder}/_batchproof DESTINATION ${BATCHPROOF_ZSH_COMPLETIONS} COMPONENT command)
install(FILES ${folder}/batchproof.fish DESTINATION share/fish/vendor_completions.d COMPONENT command)
