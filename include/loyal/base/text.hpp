// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace loyal {

/// Whether the bytes are well-formed UTF-8 without NUL.
bool is_utf8(std::string_view text);

/// The bytes of the well-formed character that a text, which is not empty, starts with; 0 if it starts with none.
std::size_t character_bytes(std::string_view text);

/// The key under which a name is found: composed (NFKC), case-folded, ё as е, runs of blanks as one, none at the ends.
std::string fold_name(std::string_view text);

/// The key by which names are sorted byte by byte: as fold_name, but ё stands right after е, and words before letters.
std::string sort_key(std::string_view text);

/// NFC of a name as typed, with blanks at the ends taken off and inner control characters replaced by blanks.
std::string tidy_name(std::string_view text);

/// Columns that the text takes in a terminal (wide characters two, combining ones none).
std::size_t display_width(std::string_view text);

/// The text cut to at most `columns` columns, never inside a character, with … where something is gone.
std::string fit(std::string_view text, std::size_t columns);

/// The text with control characters and broken UTF-8 replaced by visible stand-ins, so that data cannot drive the
/// terminal.
std::string visible(std::string_view text);

/// A slug for a name: transliterated to a–z, 0–9 and single dashes ("Зерно и Ко" is "zerno-i-ko"); empty if nothing is
/// left.
std::string slug_of(std::string_view name);

/// The text without ASCII blanks, NBSP and BOM at its ends.
std::string_view trim(std::string_view text);

/// How many edits (insert, delete, replace, swap of neighbours) turn one word into the other, by code points.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The word as a shell takes it for one: in quotes where it holds more than letters, digits and a few signs.
std::string shell_word(std::string_view word);

}  // namespace loyal
