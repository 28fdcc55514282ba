# Message catalogues: po/xx.po becomes locale/xx/LC_MESSAGES/loyal.mo in the build tree and under share/locale when installed.
find_program(MSGFMT msgfmt REQUIRED)
file(GLOB LOYAL_CATALOGUES CONFIGURE_DEPENDS po/*.po)
foreach(catalogue ${LOYAL_CATALOGUES})
  get_filename_component(language ${catalogue} NAME_WE)
  set(compiled ${CMAKE_CURRENT_BINARY_DIR}/locale/${language}/LC_MESSAGES/loyal.mo)
  add_custom_command(OUTPUT ${compiled}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_CURRENT_BINARY_DIR}/locale/${language}/LC_MESSAGES
    COMMAND ${MSGFMT} --check-format --check-header -o ${compiled} ${catalogue}
    DEPENDS ${catalogue} VERBATIM)
  list(APPEND LOYAL_COMPILED ${compiled})
  install(FILES ${compiled} DESTINATION ${CMAKE_INSTALL_LOCALEDIR}/${language}/LC_MESSAGES)
endforeach()
add_custom_target(loyal_translations ALL DEPENDS ${LOYAL_COMPILED})
add_dependencies(loyal loyal_translations)
