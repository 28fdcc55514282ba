// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <bitset>
#include <string>
#include <vector>

#include "loyal/domain/promo_pattern.hpp"

namespace loyal::domain {
namespace {

// Stems and not words: each stands for all that begins, ends or goes on with it. Better a code too few than one that a
// cashier will not say aloud.
constexpr auto stems = std::to_array<std::string_view>({
    // English
    "anal",
    "anus",
    "arse",
    "ass",
    "bastard",
    "bbw",
    "bangb",
    "bdsm",
    "beaner",
    "bitch",
    "boner",
    "boob",
    "bugger",
    "bukkake",
    "busty",
    "butt",
    "clit",
    "cock",
    "coon",
    "crap",
    "cum",
    "cunt",
    "damn",
    "dick",
    "dildo",
    "dvda",
    "dyke",
    "ejacu",
    "enema",
    "erecti",
    "erotic",
    "eunuch",
    "fag",
    "fart",
    "fck",
    "fecal",
    "felch",
    "fuc",
    "fuk",
    "gangb",
    "gay",
    "genital",
    "goatse",
    "hentai",
    "hitler",
    "homo",
    "hooker",
    "incest",
    "jerk",
    "jew",
    "jizz",
    "juggs",
    "kink",
    "kkk",
    "lesb",
    "lolita",
    "masturb",
    "milf",
    "nazi",
    "negro",
    "nigg",
    "nipple",
    "nsfw",
    "nude",
    "nutten",
    "orgasm",
    "orgy",
    "panty",
    "pedo",
    "penis",
    "phuck",
    "piss",
    "poop",
    "porn",
    "prick",
    "pthc",
    "pube",
    "punany",
    "pussy",
    "queaf",
    "queef",
    "rape",
    "rapist",
    "rectum",
    "retard",
    "sadis",
    "scat",
    "scrot",
    "semen",
    "sex",
    "shag",
    "shit",
    "skeet",
    "slut",
    "smut",
    "snatch",
    "sodom",
    "sperm",
    "spic",
    "spunk",
    "stfu",
    "suck",
    "swastik",
    "tits",
    "titt",
    "tosser",
    "tranny",
    "turd",
    "tushy",
    "twat",
    "urine",
    "vagin",
    "vulva",
    "wank",
    "wetback",
    "whore",
    "wtf",
    "xx",
    "babyb",
    "carpetm",
    "cracker",
    "dryhum",
    "fudgep",
    "hugef",
    "mrhands",
    "munch",
    "naked",
    "raghead",
    "shavedb",
    "tastem",
    "wetdr",
    // Russian, in Latin letters
    "blia",
    "blja",
    "blya",
    "bydl",
    "bych",
    "byk",
    "bzde",
    "chmo",
    "cyka",
    "derm",
    "droch",
    "dro4",
    "eba",
    "ebi",
    "ebl",
    "ebn",
    "ebu",
    "elda",
    "gandon",
    "gavn",
    "gond",
    "govn",
    "huev",
    "hui",
    "huj",
    "huy",
    "hyi",
    "hyj",
    "jeb",
    "jopa",
    "loh",
    "manda",
    "minet",
    "muda",
    "mudi",
    "mudo",
    "perd",
    "petuh",
    "petux",
    "pedik",
    "peder",
    "pidar",
    "pidor",
    "pizd",
    "pyzd",
    "shlu",
    "shly",
    "sosi",
    "sran",
    "srat",
    "suka",
    "syka",
    "trah",
    "trax",
    "urod",
    "xep",
    "xui",
    "xuj",
    "xuy",
    "xyi",
    "xyj",
    "yeb",
    "yob",
    "zalup",
    "zasr",
    "zhid",
    "zhop",
    // Russian
    "бзде",
    "бля",
    "быдл",
    "гавн",
    "гандон",
    "говн",
    "гондон",
    "дерьм",
    "дроч",
    "еба",
    "еби",
    "ебл",
    "ебн",
    "ебу",
    "ебё",
    "ёб",
    "елда",
    "жид",
    "жоп",
    "залуп",
    "засра",
    "манда",
    "минет",
    "муда",
    "муди",
    "мудо",
    "педер",
    "педик",
    "перд",
    "петух",
    "пидар",
    "пидор",
    "пизд",
    "соси",
    "сран",
    "срат",
    "сука",
    "суки",
    "суко",
    "сучк",
    "трах",
    "урод",
    "хер",
    "хуе",
    "хуё",
    "хуи",
    "хуй",
    "хуя",
    "чмо",
    "шлюх",
    "мент",
    "секс",
    "хрен",
});

/// What digits are read as; the second reading is of those that look like two letters.
constexpr std::string_view first_reading = "OIZEASGTBG";
constexpr std::string_view second_reading = "OLZEASBTBP";

/// A symbol as one of few, so that three of them make a small number; whatever is neither digit nor Latin letter is
/// one.
constexpr std::size_t kinds = 38;
constexpr std::size_t kind_of(char symbol) {
  if (symbol >= '0' && symbol <= '9') return static_cast<std::size_t>(symbol - '0') + 1;
  if (symbol >= 'A' && symbol <= 'Z') return static_cast<std::size_t>(symbol - 'A') + 11;
  return kinds - 1;
}

class Words {
 public:
  Words() {
    for (const std::string_view stem : stems) {
      stems_.push_back(fold_code(stem));
      const std::string& folded = stems_.back();
      const std::size_t two = (kind_of(folded[0]) * kinds + kind_of(folded[1])) * kinds;
      for (std::size_t third = 0; third < kinds; ++third)
        if (folded.size() == 2 || third == kind_of(folded[2])) begins_.set(two + third);
    }
    std::ranges::sort(stems_);
  }

  bool stand_in(std::string_view text) const {
    for (std::size_t at = 0; at + 1 < text.size(); ++at) {
      const std::size_t third = at + 2 < text.size() ? kind_of(text[at + 2]) : 0;
      if (!begins_.test((kind_of(text[at]) * kinds + kind_of(text[at + 1])) * kinds + third)) continue;
      const std::string_view rest = text.substr(at);
      const std::string_view two = rest.substr(0, 2);
      for (auto stem = std::lower_bound(stems_.begin(), stems_.end(), two); stem != stems_.end(); ++stem) {
        if (!stem->starts_with(two)) break;
        if (rest.starts_with(*stem)) return true;
      }
    }
    return false;
  }

 private:
  std::vector<std::string> stems_;
  std::bitset<kinds * kinds * kinds> begins_;  ///< three symbols that a stem may begin with
};

bool is_digit(char symbol) {
  return symbol >= '0' && symbol <= '9';
}

std::string read_as(std::string_view folded, std::string_view letters) {
  std::string text(folded);
  for (char& symbol : text)
    if (is_digit(symbol)) symbol = letters[static_cast<std::size_t>(symbol - '0')];
  return text;
}

}  // namespace

bool is_decent(std::string_view folded) {
  static const Words words;
  if (words.stand_in(folded)) return false;
  if (std::ranges::none_of(folded, is_digit)) return true;
  return !words.stand_in(read_as(folded, first_reading)) && !words.stand_in(read_as(folded, second_reading));
}

}  // namespace loyal::domain
