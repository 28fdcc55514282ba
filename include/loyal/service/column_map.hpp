// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace loyal::service {

/// A field that an import takes, with the headings under which it usually stands, in folded form, the surest first.
struct ImportField {
  const char* name;
  std::vector<const char*> headings;
  bool is_needed = false;
  const char* substitute = "";  ///< another field that stands in for a needed one
};

/// Which column of a file holds which field: as mapped, else guessed by the usual headings.
class ColumnMap {
 public:
  /// `mappings` are OURS=THEIRS, several in one text divided by commas. Error{usage} for a name on either side that is
  /// not there, and for a needed field without a column; `command` opens the hint.
  ColumnMap(std::span<const ImportField> fields, std::vector<std::string> heading,
            const std::vector<std::string>& mappings, const std::string& file, const std::string& command);

  /// The place of the field's column, from 0; nothing where the file has none.
  std::optional<std::size_t> place(std::string_view field) const;
  const std::vector<std::string>& heading() const { return heading_; }
  /// "card = customer_id, at = date": for people.
  std::string taken() const;
  /// The fields that have a column, each with its heading.
  std::vector<std::pair<std::string, std::string>> pairs() const;
  /// The headings of columns that no field takes; those of a reject file are left out.
  std::vector<std::string> ignored() const;

 private:
  void read_mapping(std::string_view text);
  void guess();
  void require_needed(const std::string& file, const std::string& command) const;
  std::optional<std::size_t> find_heading(std::string_view text) const;

  std::span<const ImportField> fields_;
  std::vector<std::string> heading_;
  std::vector<std::string> folded_;
  std::vector<std::optional<std::size_t>> places_;
};

/// The headings that a reject file has before those of its source.
std::span<const char* const> reject_headings();

}  // namespace loyal::service
