// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <memory>

#include "export_1c_parts.hpp"
#include "loyal/base/message.hpp"

namespace loyal::service {
namespace {

constexpr std::int32_t last_second = 86'399;

/// At most eleven characters, which is what 1C keeps of a document's number.
std::string report_number(store::DayDocuments documents, ShopId shop, Date date) {
  const bool is_return = documents == store::DayDocuments::returns;
  return fmt::format("{}-{:02}{:02}{:02}",
                     is_return ? fmt::format("В{:03}", shop.value) : fmt::format("{:04}", shop.value),
                     date.year() % 100, date.month(), date.day());
}

std::string report_guid(const AccountBook& book, store::DayDocuments documents, ShopId shop, Date date) {
  return book.guids().of(documents == store::DayDocuments::returns ? "retail-return" : "retail-sale",
                         fmt::format("{}/{}", shop.value, to_string(date)));
}

/// The message, object by object.
class Message : public store::DayTaker {
 public:
  Message(const Export1cWork& work, Export1cReport& report)
      : work_(work),
        report_(report),
        output_(work.context, work.request, work.book.now()),
        writer_(output_.xml(), work.request.version, work.book.organization()) {
    has_vat_ = work.request.vat.has_value();
    for (const auto& [category, rate] : work.request.vat_of_category) has_vat_ = has_vat_ || rate.has_value();
  }

  void run() {
    writer_.begin_message(work_.context.now);
    for (const auto& [id, program] : work_.book.programs()) waiting_[id] = &program;
    store::each_card_in_use(work_.context.store, work_.filter, [this](const store::CardOwner& owner) { card(owner); });
    for (const auto documents : {store::DayDocuments::sales, store::DayDocuments::returns}) {
      documents_ = documents;
      store::each_shop_day(work_.context.store, work_.filter, documents, *this);
    }
    writer_.end_message();
    output_.xml().finish();
  }

  void commit() { output_.commit(report_); }

  void begin(const store::ShopDay& day) override {
    shop_ = day.shop;
    const bool is_return = documents_ == store::DayDocuments::returns;
    begin_report(day);
    (is_return ? report_.returned : report_.paid) += day.paid;
    ++(is_return ? report_.returns : report_.sales);
  }

  void goods(const store::DayGoods& row) override {
    format::Goods goods = work_.book.goods(row.sku, row.name, row.category);
    goods.quantity = row.quantity;
    goods.price = row.price;
    // The price of a receipt is after all that was taken off, and paying with points takes off too.
    goods.discount = row.discount + row.points_money;
    goods.paid = row.paid;
    if (documents_ == store::DayDocuments::sales) return writer_.sold(goods);
    const Date sold_on = row.sold_at.date;
    writer_.returned({goods,
                      row.receipt,
                      row.sold_at,
                      report_guid(work_.book, store::DayDocuments::sales, shop_, sold_on),
                      report_number(store::DayDocuments::sales, shop_, sold_on),
                      {sold_on, last_second}});
  }

  void gift(const store::DayGift& gift) override {
    if (gift.is_sold)
      writer_.sold_gift_card(gift.number, gift.amount);
    else
      writer_.paid_by_gift_card(gift.number, gift.amount);
  }

  void points(const store::DayPoints& row) override {
    const format::DiscountCard card =
        work_.book.card(store::card_owner(work_.context.store, row.card, work_.filter.company));
    const format::CardPoints points{&card, row.points, row.usable_from, row.valid_through};
    if (row.is_payment)
      writer_.paid_by_points(points);
    else
      writer_.given(points);
  }

  void end() override {
    writer_.end_report();
    object_ended();
  }

  /// Its report comes again, empty: 1C takes that for what it knows by the same GUID, whatever its rules for removal.
  void gone(ShopId shop, Date date) override {
    begin_report({shop, date, 0, {}});
    writer_.end_report();
    ++report_.removed;
    object_ended();
  }

 private:
  void begin_report(const store::ShopDay& day) {
    const bool is_return = documents_ == store::DayDocuments::returns;
    format::RetailReport report;
    report.guid = report_guid(work_.book, documents_, day.shop, day.date);
    report.number = report_number(documents_, day.shop, day.date);
    report.at = {day.date, last_second};
    report.shop_guid = work_.book.shop_guid(day.shop);
    report.shop = work_.book.shop_name(day.shop);
    report.has_vat = has_vat_;
    // What a report of returns alone comes to is left to 1C: by its own rules it is below zero or not.
    if (!is_return) report.paid = day.paid;
    report.comment = fmt::format("loyal, {}: {}", is_return ? "возвратов" : "чеков", day.documents);
    writer_.begin_report(report);
  }

  /// The holder, where another card has not brought them, the program before its first card, and the card.
  void card(const store::CardOwner& owner) {
    if (!owner.customer || owner.customer != last_customer_) {
      writer_.counterparty(work_.book.counterparty(owner));
      ++report_.counterparties;
      object_ended();
    }
    last_customer_ = owner.customer;
    if (const auto program = waiting_.find(owner.program); program != waiting_.end()) {
      writer_.program(*program->second);
      waiting_.erase(program);
      ++report_.programs;
    }
    writer_.card(work_.book.card(owner));
    ++report_.cards;
    object_ended();
  }

  void object_ended() {
    work_.progress(++objects_, 0);
    output_.divide([this] { writer_.end_message(); }, [this] { writer_.begin_message(work_.context.now); });
  }

  const Export1cWork& work_;
  Export1cReport& report_;
  XmlOutput output_;
  format::EnterpriseDataWriter writer_;
  std::map<ProgramId, const format::LoyaltyProgram*> waiting_;  // not yet written
  store::DayDocuments documents_ = store::DayDocuments::sales;
  ShopId shop_;
  CustomerId last_customer_;
  bool has_vat_ = false;
  std::int64_t objects_ = 0;
};

}  // namespace

std::function<void()> write_enterprise_data(const Export1cWork& work, Export1cReport& report) {
  const auto message = std::make_shared<Message>(work, report);
  message->run();
  return [message] { message->commit(); };
}

}  // namespace loyal::service
