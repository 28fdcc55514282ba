// SPDX-License-Identifier: MIT
#include "loyal/domain/password.hpp"

#include <limits>
#include <stdexcept>

namespace loyal::domain {
namespace {

constexpr std::array<std::string_view, password_words> russian = {
    "абрикос", "акула",   "алмаз",    "арбуз",   "балкон",   "барабан", "береза",   "билет",    "блокнот",  "болото",
    "ботинок", "браслет", "брусника", "бублик",  "варенье",  "василек", "ведро",    "веранда",  "верблюд",  "газета",
    "галстук", "гамак",   "гвоздь",   "глобус",  "голубь",   "гриб",    "груша",    "деревня",  "диван",    "дирижер",
    "дождь",   "долина",  "дорога",   "ежевика", "енот",     "жасмин",  "жемчуг",   "журавль",  "забор",    "завтрак",
    "зеркало", "зима",    "зонтик",   "изба",    "индюк",    "инжир",   "капуста",  "карандаш", "кекс",     "кефир",
    "кирпич",  "клубок",  "колокол",  "конверт", "корабль",  "костер",  "кошка",    "кресло",   "кувшин",   "кузнец",
    "курица",  "ладонь",  "лампа",    "лента",   "лестница", "лыжи",    "магнит",   "ящик",     "медведь",  "мельница",
    "море",    "музыка",  "ноготь",   "носорог", "облако",   "овца",    "одеяло",   "остров",   "павлин",   "паром",
    "паук",    "персик",  "пингвин",  "подкова", "поезд",    "помидор", "портфель", "пружина",  "птица",    "пуговица",
    "радуга",  "ромашка", "роса",     "рубин",   "рубаха",   "сирень",  "скрипка",  "слон",     "солнце",   "спичка",
    "стакан",  "стрела",  "стул",     "табурет", "танец",    "театр",   "трамвай",  "тюльпан",  "улей",     "улитка",
    "факел",   "фиалка",  "фрегат",   "халва",   "цапля",    "цветок",  "цирк",     "чердак",   "черепаха", "чернила",
    "шалаш",   "шахматы", "шкаф",     "шмель",   "шоколад",  "штурвал", "юбка",     "январь"};

constexpr std::array<std::string_view, password_words> english = {
    "acorn",   "almond",  "anchor",  "apple",    "apron",   "autumn",   "badge",    "balcony", "bamboo",   "beaver",
    "bell",    "bicycle", "biscuit", "blanket",  "blossom", "branch",   "breeze",   "broom",   "bucket",   "walnut",
    "cabin",   "cactus",  "camel",   "candle",   "canvas",  "carpet",   "cedar",    "cherry",  "chimney",  "circle",
    "clover",  "cloud",   "cobra",   "whale",    "crayon",  "cricket",  "crystal",  "cupcake", "curtain",  "daisy",
    "desert",  "dolphin", "donkey",  "dragon",   "echo",    "ember",    "emerald",  "engine",  "envelope", "feather",
    "fennel",  "flame",   "forest",  "fossil",   "galaxy",  "garlic",   "ginger",   "glacier", "harbor",   "harvest",
    "helmet",  "hobby",   "hotel",   "island",   "ivory",   "jasmine",  "jigsaw",   "kitchen", "ladder",   "lagoon",
    "lemon",   "leopard", "lilac",   "lizard",   "lobster", "lotus",    "magnet",   "mango",   "meadow",   "morning",
    "mosaic",  "muffin",  "museum",  "needle",   "nickel",  "nutmeg",   "oasis",    "ocean",   "olive",    "orbit",
    "panda",   "parrot",  "peach",   "peanut",   "pelican", "pencil",   "piano",    "potato",  "puzzle",   "pyramid",
    "quartz",  "quilt",   "radio",   "raven",    "ribbon",  "salad",    "sapphire", "school",  "scooter",  "shadow",
    "slipper", "soccer",  "spinach", "spoon",    "spruce",  "squirrel", "station",  "sunset",  "temple",   "thunder",
    "trumpet", "tulip",   "turtle",  "umbrella", "valley",  "vanilla",  "violet",   "volcano"};

}  // namespace

std::span<const std::string_view, password_words> words_of(PasswordLanguage language) {
  return language == PasswordLanguage::russian ? russian : english;
}

int words_needed(std::uint64_t count, std::uint64_t guesses) {
  int words = 1;
  std::uint64_t capacity = password_words;
  while (capacity / guesses < count) {
    ++words;
    if (__builtin_mul_overflow(capacity, password_words, &capacity)) break;
  }
  return words;
}

std::string choose_password(PasswordLanguage language, int words, const Chooser& chooser) {
  std::string password;
  for (int word = 0; word < words; ++word) {
    if (word > 0) password += '-';
    const std::uint32_t index = chooser(password_words);
    if (index >= password_words) throw std::logic_error("the source of chance went past its bound");
    password += words_of(language)[index];
  }
  return password;
}

}  // namespace loyal::domain
