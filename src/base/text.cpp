// SPDX-License-Identifier: MIT
#include "loyal/base/text.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <optional>
#include <vector>

namespace loyal {
namespace {

constexpr char32_t replacement = 0xFFFD;
constexpr char32_t yo = 0x0451;
constexpr char32_t ye = 0x0435;
constexpr std::string_view ellipsis = "…";
constexpr std::size_t slug_length_max = 64;

/// One code point of a text and the bytes that it took; broken bytes are taken one by one as U+FFFD.
struct Step {
  char32_t code_point = 0;
  std::size_t length = 0;
  bool broken = false;
};

Step step_at(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return {first, 1, false};
  utf8proc_int32_t code_point = -1;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at;
  const auto length = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size() - at), &code_point);
  if (length <= 0 || code_point < 0) return {replacement, 1, true};
  return {static_cast<char32_t>(code_point), static_cast<std::size_t>(length), false};
}

void append(std::string& target, char32_t code_point) {
  if (code_point < 0x80) {
    target += static_cast<char>(code_point);
    return;
  }
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto length = utf8proc_encode_char(static_cast<utf8proc_int32_t>(code_point), bytes.data());
  target.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
}

template <class Function>
void for_each_code_point(std::string_view text, Function function) {
  for (std::size_t at = 0; at < text.size();) {
    const Step step = step_at(text, at);
    function(step.code_point);
    at += step.length;
  }
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string repaired(std::string_view text) {
  std::string whole;
  whole.reserve(text.size() + 8);
  for_each_code_point(text, [&](char32_t c) { append(whole, c); });
  return whole;
}

utf8proc_category_t category(char32_t code_point) {
  return utf8proc_category(static_cast<utf8proc_int32_t>(code_point));
}

std::size_t columns_of(char32_t code_point) {
  if ((code_point >= 0x20 && code_point < 0x7F) || (code_point >= 0x0400 && code_point < 0x0483)) return 1;
  return static_cast<std::size_t>(std::max(0, utf8proc_charwidth(static_cast<utf8proc_int32_t>(code_point))));
}

/// The text in a normal form; it must be well-formed.
std::string mapped(std::string_view text, int options) {
  utf8proc_uint8_t* made = nullptr;
  const auto length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                   &made, static_cast<utf8proc_option_t>(options));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(made, &std::free);
  if (length < 0) throw std::bad_alloc();
  return {reinterpret_cast<const char*>(made), static_cast<std::size_t>(length)};
}

/// Blanks of any kind, and control characters, which stand for none.
bool is_blank(char32_t code_point) {
  if (code_point < 0x80) return code_point <= ' ' || code_point == 0x7F;
  const auto kind = category(code_point);
  return kind == UTF8PROC_CATEGORY_CC || kind == UTF8PROC_CATEGORY_ZS || kind == UTF8PROC_CATEGORY_ZL ||
         kind == UTF8PROC_CATEGORY_ZP;
}

std::string with_single_blanks(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  bool wants_blank = false;
  for_each_code_point(text, [&](char32_t c) {
    if (is_blank(c)) {
      wants_blank = !result.empty();
      return;
    }
    if (wants_blank) result += ' ';
    wants_blank = false;
    append(result, c);
  });
  return result;
}

/// Case-folds what is written in ASCII and Russian letters alone, which nearly all names are; nothing for other text.
std::optional<std::string> plainly_folded(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  bool wants_blank = false;
  for (std::size_t at = 0; at < text.size();) {
    const Step step = step_at(text, at);
    at += step.length;
    char32_t c = step.code_point;
    if (c <= ' ' || c == 0x7F) {
      wants_blank = !result.empty();
      continue;
    }
    if (c >= 'A' && c <= 'Z')
      c += 'a' - 'A';
    else if (c >= 0x0410 && c <= 0x042F)
      c += 0x20;
    else if (c == 0x0401)
      c = yo;
    else if (c >= 0x80 && !(c >= 0x0430 && c <= 0x044F) && c != yo)
      return std::nullopt;
    if (wants_blank) result += ' ';
    wants_blank = false;
    append(result, c);
  }
  return result;
}

constexpr int fold_options = UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;

/// Compatibility-composed and case-folded, until nothing changes any more; blanks are single.
std::string case_folded(std::string_view text) {
  if (auto plain = plainly_folded(text)) return *std::move(plain);
  std::string folded = mapped(repaired(text), fold_options);
  for (int round = 0; round < 4; ++round) {
    std::string again = mapped(folded, fold_options);
    if (again == folded) break;
    folded = std::move(again);
  }
  return with_single_blanks(folded);
}

std::string without_yo(std::string text) {
  constexpr std::string_view dotted = "ё", plain = "е";
  for (std::size_t at = 0; (at = text.find(dotted, at)) != std::string::npos;)
    std::copy(plain.begin(), plain.end(), text.begin() + static_cast<std::ptrdiff_t>(at));
  return text;
}

/// What terminals would obey, or what would turn the line around, rather than show.
bool drives_terminal(char32_t code_point) {
  if (code_point >= 0xA0 && code_point < 0x0600) return false;
  switch (category(code_point)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CS:
      return true;
    case UTF8PROC_CATEGORY_CF:
      return code_point != 0x00AD && code_point != 0x200C && code_point != 0x200D;
    default:
      return false;
  }
}

/// The letters from а (U+0430) to я in Latin, near to how Russian passports have them.
constexpr std::array<std::string_view, 32> russian{"a",  "b",  "v",  "g",    "d", "e", "zh", "z", "i",  "y", "k",
                                                   "l",  "m",  "n",  "o",    "p", "r", "s",  "t", "u",  "f", "kh",
                                                   "ts", "ch", "sh", "shch", "",  "y", "",   "e", "yu", "ya"};

bool is_slug_character(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// The slug's characters for one code point; a dash where it separates words, nothing where it is silent.
std::string transliterated(char32_t c) {
  if (is_slug_character(c)) return {static_cast<char>(c)};
  if (c >= 0x0430 && c <= 0x044F) return std::string(russian[c - 0x0430]);
  switch (c) {
    case 0x0451:
      return "e";
    case 0x0454:
      return "ye";
    case 0x0456:
      return "i";
    case 0x0457:
      return "yi";
    case 0x045E:
      return "u";
    case 0x0491:
      return "g";
    case '\'':
    case 0x2019:
    case 0x02BC:
      return {};
    default:
      break;
  }
  const auto kind = category(c);
  if (kind == UTF8PROC_CATEGORY_MN || kind == UTF8PROC_CATEGORY_MC || kind == UTF8PROC_CATEGORY_ME) return {};
  std::string single;
  append(single, c);
  const std::string bare = mapped(single, UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK);
  if (bare == single) return "-";
  std::string result;
  for (const char letter : bare) result += is_slug_character(static_cast<unsigned char>(letter)) ? letter : '-';
  return result;
}

}  // namespace

std::size_t character_bytes(std::string_view text) {
  const Step step = step_at(text, 0);
  return step.broken ? 0 : step.length;
}

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Step step = step_at(text, at);
    if (step.broken || step.code_point == 0) return false;
    at += step.length;
  }
  return true;
}

std::string fold_name(std::string_view text) {
  // Taking the dots off ё may leave a letter that composes with the mark after it.
  return case_folded(without_yo(case_folded(text)));
}

std::string sort_key(std::string_view text) {
  const std::string folded = case_folded(text);
  std::string key;
  key.reserve(folded.size() + 4);
  for_each_code_point(folded, [&](char32_t c) {
    append(key, c == yo ? ye : c);
    // There is no code point between е and ж; the last one makes "её…" follow every "ея…".
    if (c == yo) append(key, 0x10FFFD);
  });
  return key;
}

std::string tidy_name(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for_each_code_point(text, [&](char32_t c) { append(result, category(c) == UTF8PROC_CATEGORY_CC ? U' ' : c); });
  if (!is_ascii(result)) result = mapped(result, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
  return std::string(trim(result));
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for_each_code_point(text, [&](char32_t c) { width += columns_of(c); });
  return width;
}

std::string fit(std::string_view text, std::size_t columns) {
  const std::string whole = is_ascii(text) ? std::string(text) : repaired(text);
  if (display_width(whole) <= columns) return whole;
  if (columns == 0) return {};
  // What is kept must leave one column for the ellipsis, and end where a character with its marks ends.
  std::size_t kept = 0, width = 0;
  utf8proc_int32_t state = 0;
  char32_t before = 0;
  for (std::size_t at = 0; at < whole.size();) {
    const Step step = step_at(whole, at);
    if (at > 0 && utf8proc_grapheme_break_stateful(static_cast<utf8proc_int32_t>(before),
                                                   static_cast<utf8proc_int32_t>(step.code_point), &state))
      kept = at;
    width += columns_of(step.code_point);
    if (width > columns - 1) break;
    at += step.length;
    before = step.code_point;
  }
  return whole.substr(0, kept).append(ellipsis);
}

std::string visible(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  const auto is_plain = [](char c) { return c >= 0x20 && c < 0x7F; };
  for (std::size_t at = 0; at < text.size();) {
    // Long reports are mostly plain: they go over in runs.
    std::size_t end = at;
    while (end < text.size() && is_plain(text[end])) ++end;
    result.append(text, at, end - at);
    at = end;
    if (at == text.size()) break;
    const Step step = step_at(text, at);
    const char32_t c = step.code_point;
    if (c < 0x20)
      append(result, 0x2400 + c);
    else if (c == 0x7F)
      append(result, 0x2421);
    else if (step.broken || (c >= 0x80 && drives_terminal(c)))
      append(result, replacement);
    else
      result.append(text, at, step.length);
    at += step.length;
  }
  return result;
}

std::string slug_of(std::string_view name) {
  std::string slug;
  for_each_code_point(case_folded(name), [&](char32_t c) {
    for (const char letter : transliterated(c))
      if (letter != '-' || (!slug.empty() && slug.back() != '-')) slug += letter;
  });
  if (slug.size() > slug_length_max) slug.resize(slug_length_max);
  while (!slug.empty() && slug.back() == '-') slug.pop_back();
  return slug;
}

std::string_view trim(std::string_view text) {
  const auto is_plain = [](char c) { return c > ' ' && c < 0x7F; };
  if (!text.empty() && is_plain(text.front()) && is_plain(text.back())) return text;
  constexpr std::array<std::string_view, 8> blanks{" ", "\t", "\n", "\r", "\v", "\f", "\u00A0", "\uFEFF"};
  const auto drop = [&](auto fits, auto remove) {
    for (bool dropped = true; dropped && !text.empty();) {
      dropped = false;
      for (const std::string_view blank : blanks)
        if (fits(blank)) {
          remove(blank.size());
          dropped = true;
        }
    }
  };
  drop([&](std::string_view blank) { return text.starts_with(blank); }, [&](std::size_t n) { text.remove_prefix(n); });
  drop([&](std::string_view blank) { return text.ends_with(blank); }, [&](std::size_t n) { text.remove_suffix(n); });
  return text;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<char32_t> first, second;
  for_each_code_point(a, [&](char32_t c) { first.push_back(c); });
  for_each_code_point(b, [&](char32_t c) { second.push_back(c); });
  const std::size_t columns = second.size() + 1;
  std::vector<std::size_t> two_back(columns), back(columns), current(columns);
  for (std::size_t j = 0; j < columns; ++j) current[j] = j;
  for (std::size_t i = 1; i <= first.size(); ++i) {
    std::swap(two_back, back);
    std::swap(back, current);
    current[0] = i;
    for (std::size_t j = 1; j < columns; ++j) {
      const bool same = first[i - 1] == second[j - 1];
      current[j] = std::min({back[j] + 1, current[j - 1] + 1, back[j - 1] + (same ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && first[i - 1] == second[j - 2] && first[i - 2] == second[j - 1];
      if (swapped) current[j] = std::min(current[j], two_back[j - 2] + 1);
    }
  }
  return current[columns - 1];
}

std::string shell_word(std::string_view word) {
  const auto is_plain = [](char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z') || std::string_view("-_./:,=+@%").find(letter) != std::string_view::npos;
  };
  if (!word.empty() && std::all_of(word.begin(), word.end(), is_plain)) return std::string(word);
  std::string text = "'";
  for (const char letter : word) {
    if (letter == '\'')
      text += "'\\''";
    else
      text += letter;
  }
  return text + "'";
}

}  // namespace loyal
