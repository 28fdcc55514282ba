// SPDX-License-Identifier: MIT
#include "loyal/service/pin.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/operation.hpp"
#include "loyal/store/gift.hpp"

namespace loyal::service {
namespace {

constexpr std::size_t pin_bytes_min = 4;
constexpr std::size_t pin_bytes_max = 64;
constexpr std::int64_t first_lock_seconds = 60;
constexpr std::int64_t longest_lock_seconds = 24 * 60 * 60;

/// A lock doubles with each wrong try from the last allowed one on.
std::int64_t lock_seconds(std::int64_t wrong_tries) {
  if (wrong_tries < pin_tries_max) return 0;
  std::int64_t seconds = first_lock_seconds;
  for (std::int64_t more = wrong_tries - pin_tries_max; more > 0 && seconds < longest_lock_seconds; --more)
    seconds *= 2;
  return std::min(seconds, longest_lock_seconds);
}

/// Whether the PIN opens the card; counts a wrong try. A locked card is not even tried, so that the answer tells
/// nothing about the PIN.
bool opens(store::Database& database, store::CardPin pin, const std::string& typed, Instant now) {
  if (!pin.locked_until.empty() && pin.locked_until > to_string(now)) return false;
  if (!typed.empty() && store::is_pin(pin.hash, typed)) {
    if (pin.wrong_tries > 0) store::put_card_pin(database, {pin.card, pin.hash, 0, {}});
    return true;
  }
  // No PIN at all is a mistake of the till and no guess.
  if (typed.empty()) return false;
  ++pin.wrong_tries;
  if (const std::int64_t seconds = lock_seconds(pin.wrong_tries); seconds > 0)
    pin.locked_until = to_string(Instant{now.seconds + seconds});
  store::put_card_pin(database, pin);
  return false;
}

}  // namespace

store::Card set_pin(const Context& context, const std::string& text, const std::optional<std::string>& pin) {
  InputDigest digest(context);
  digest.add(text, pin);
  Operation operation(context, "card pin", digest.finish());
  const store::Card card = find_card(context.store, text);
  if (operation.replayed()) return card;
  if (store::program(context.store, card.program).value().kind != "gift")
    throw Error(Fault::refused, tr("card {} is no gift card: only those are paid with by PIN", card.number));
  if (pin && (pin->size() < pin_bytes_min || pin->size() > pin_bytes_max || visible(*pin) != *pin))
    throw Error(Fault::usage, tr("a PIN has from {} to {} letters or digits", pin_bytes_min, pin_bytes_max));
  if (!pin && !store::card_pin(context.store, card.id)) return card;
  if (pin)
    store::put_card_pin(context.store, {card.id, store::pin_hash(*pin), 0, {}});
  else
    store::remove_card_pin(context.store, card.id);
  operation.journal().change("card", card.id.value, "edit", pin ? "pin set" : "pin cleared");
  operation.commit();
  return card;
}

bool has_pin(const Context& context, const std::string& card) {
  return store::card_pin(context.store, find_card(context.store, card).id).has_value();
}

void check_pins(const Context& context, const std::vector<GiftRequest>& gifts) {
  for (const GiftRequest& gift : gifts) {
    const store::Card card = find_card(context.store, gift.card);
    if (!store::card_pin(context.store, card.id)) continue;
    bool is_open = false;
    {
      store::Transaction transaction(context.store);
      const auto pin = store::card_pin(context.store, card.id);
      is_open = !pin || opens(context.store, *pin, gift.pin, context.now);
      transaction.commit();
    }
    if (!is_open)
      throw Error(
          Fault::refused,
          tr("gift card {} cannot be paid with: its PIN is missing or wrong, or was tried too often", card.number),
          fmt::format("loyal card pin {}", card.number));
  }
}

}  // namespace loyal::service
