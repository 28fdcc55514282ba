// SPDX-License-Identifier: MIT
#pragma once

#include <xlsxwriter.h>

#include "late_library.hpp"

/// What is called of libxlsxwriter, for the one file that writes workbooks: it brings OpenSSL along.
namespace loyal::format {
namespace {

constexpr LateLibrary xlsxwriter_library("libxlsxwriter.so.4", "libxlsxwriter4");
LOYAL_LATE(xlsxwriter_library, chart_add_series);
LOYAL_LATE(xlsxwriter_library, chart_legend_set_position);
LOYAL_LATE(xlsxwriter_library, chart_series_set_categories);
LOYAL_LATE(xlsxwriter_library, chart_series_set_name);
LOYAL_LATE(xlsxwriter_library, chart_series_set_values);
LOYAL_LATE(xlsxwriter_library, chart_title_set_name);
LOYAL_LATE(xlsxwriter_library, format_set_align);
LOYAL_LATE(xlsxwriter_library, format_set_bg_color);
LOYAL_LATE(xlsxwriter_library, format_set_bold);
LOYAL_LATE(xlsxwriter_library, format_set_num_format);
LOYAL_LATE(xlsxwriter_library, format_set_text_wrap);
LOYAL_LATE(xlsxwriter_library, format_set_top);
LOYAL_LATE(xlsxwriter_library, lxw_rowcol_to_range);
LOYAL_LATE(xlsxwriter_library, lxw_strerror);
LOYAL_LATE(xlsxwriter_library, lxw_workbook_free);
LOYAL_LATE(xlsxwriter_library, workbook_add_chart);
LOYAL_LATE(xlsxwriter_library, workbook_add_format);
LOYAL_LATE(xlsxwriter_library, workbook_add_worksheet);
LOYAL_LATE(xlsxwriter_library, workbook_close);
LOYAL_LATE(xlsxwriter_library, workbook_new_opt);
LOYAL_LATE(xlsxwriter_library, workbook_set_properties);
LOYAL_LATE(xlsxwriter_library, worksheet_autofilter);
LOYAL_LATE(xlsxwriter_library, worksheet_fit_to_pages);
LOYAL_LATE(xlsxwriter_library, worksheet_freeze_panes);
LOYAL_LATE(xlsxwriter_library, worksheet_ignore_errors);
LOYAL_LATE(xlsxwriter_library, worksheet_insert_chart);
LOYAL_LATE(xlsxwriter_library, worksheet_repeat_rows);
LOYAL_LATE(xlsxwriter_library, worksheet_set_column);
LOYAL_LATE(xlsxwriter_library, worksheet_set_footer);
LOYAL_LATE(xlsxwriter_library, worksheet_set_landscape);
LOYAL_LATE(xlsxwriter_library, worksheet_set_paper);
LOYAL_LATE(xlsxwriter_library, worksheet_write_boolean);
LOYAL_LATE(xlsxwriter_library, worksheet_write_formula_num);
LOYAL_LATE(xlsxwriter_library, worksheet_write_number);
LOYAL_LATE(xlsxwriter_library, worksheet_write_string);

}  // namespace
}  // namespace loyal::format
