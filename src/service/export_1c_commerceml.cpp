// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "export_1c_parts.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/format/commerceml.hpp"
#include "loyal/store/sale.hpp"

namespace loyal::service {
namespace {

constexpr std::int64_t one_piece = 1000;

/// The file, document by document. What people read in it is Russian whatever the language: 1C shows it.
class Documents {
 public:
  Documents(const Export1cWork& work, Export1cReport& report)
      : work_(work),
        report_(report),
        output_(work.context, work.request, work.book.now()),
        writer_(output_.xml(), work.request.with_container) {}

  void run() {
    store::Database& database = work_.context.store;
    writer_.begin_file(work_.book.now());
    store::each_accounted_sale(database, work_.filter, [this](const store::AccountedSale& sale) {
      write(document_of(sale));
      ++report_.sales;
      report_.paid += sale.sale.paid;
    });
    store::each_accounted_return(database, work_.filter, [this](const store::AccountedReturn& back) {
      write(document_of(back));
      ++report_.returns;
      report_.returned += back.back.paid;
    });
    if (work_.filter.after) {
      store::each_withdrawn_sale(database, work_.filter,
                                 [this](const store::AccountedSale& sale) { remove(document_of(sale)); });
      store::each_withdrawn_return(database, work_.filter,
                                   [this](const store::AccountedReturn& back) { remove(document_of(back)); });
    }
    writer_.end_file();
    output_.xml().finish();
  }

  void commit() { output_.commit(report_); }

 private:
  void write(const format::TradeDocument& document) {
    writer_.document(document);
    work_.progress(++documents_, 0);
    output_.divide([this] { writer_.end_file(); }, [this] { writer_.begin_file(work_.book.now()); });
  }

  void remove(format::TradeDocument document) {
    document.requisites.emplace_back("ПометкаУдаления", "true");
    write(document);
    ++report_.removed;
  }

  /// What a sale and its return have in common.
  format::TradeDocument head_of(const store::AccountedSale& sold) const {
    format::TradeDocument document;
    document.buyer = work_.book.counterparty(sold.owner);
    document.shop_guid = work_.book.shop_guid(sold.sale.shop);
    document.shop = work_.book.shop_name(sold.sale.shop);
    document.number = sold.sale.till.empty() ? sold.sale.receipt : sold.sale.till + "/" + sold.sale.receipt;
    document.requisites.emplace_back("НомерДисконтнойКарты", sold.owner.number);
    return document;
  }

  void add_points(format::TradeDocument& document, const store::CardOwner& owner, const char* name,
                  Points points) const {
    const format::LoyaltyProgram* program = work_.book.program(owner.program);
    if (program != nullptr) document.requisites.emplace_back(name, to_decimal(points.count, program->scale));
  }

  static void add_discounts(format::TradeDocument& document, const store::CardOwner& owner, Money discount,
                            Money points_money) {
    if (discount.count != 0) document.discounts.emplace_back("Скидка по карте " + owner.number, discount);
    if (points_money.count != 0) document.discounts.emplace_back("Оплата баллами", points_money);
  }

  format::TradeDocument document_of(const store::AccountedSale& sold) const {
    const store::Sale& sale = sold.sale;
    format::TradeDocument document = head_of(sold);
    document.guid = work_.book.guids().of("sale", sale.id.value);
    document.operation = work_.request.operation;
    document.at = sale.at;
    document.paid = sale.paid;
    add_discounts(document, sold.owner, sale.discount, sale.points_money);
    for (const store::SaleLine& line : store::sale_lines(work_.context.store, sale.id)) {
      format::Goods goods = work_.book.goods(line.sku, line.name, line.category);
      goods.quantity = line.quantity;
      goods.price = line.price;
      goods.discount = line.discount + line.points_money;
      goods.paid = line.paid;
      document.goods.push_back(std::move(goods));
    }
    if (document.goods.empty())
      document.goods.push_back(goods_of_sum(sale.total, sale.discount + sale.points_money, sale.paid));
    add_points(document, sold.owner, "БонусыНачислено", sale.earned);
    add_points(document, sold.owner, "БонусыСписано", sale.spent);
    if (sold.donated.count != 0)
      document.requisites.emplace_back("Благотворительность", to_decimal(sold.donated.count, 2));
    return document;
  }

  format::Goods goods_of_sum(Money price, Money discount, Money paid) const {
    format::Goods goods = work_.book.goods("", "", "");
    goods.quantity = {one_piece};
    goods.price = price;
    goods.discount = discount;
    goods.paid = paid;
    return goods;
  }

  format::TradeDocument document_of(const store::AccountedReturn& returned) const {
    const store::SaleReturn& back = returned.back;
    format::TradeDocument document = head_of(returned.sold);
    document.guid = work_.book.guids().of("return", back.id.value);
    document.operation = "Возврат товара";
    document.number += fmt::format("-В{}", back.id.value);
    document.at = back.at;
    document.paid = back.paid;
    document.comment = back.reason;
    add_discounts(document, returned.sold.owner, back.discount, back.points_money);
    const auto lines = store::sale_lines(work_.context.store, back.sale);
    for (const store::ReturnLine& part : store::return_lines(work_.context.store, back.id)) {
      const auto line = std::find_if(lines.begin(), lines.end(),
                                     [&part](const store::SaleLine& sold) { return sold.line == part.line; });
      if (line == lines.end()) continue;
      format::Goods goods = work_.book.goods(line->sku, line->name, line->category);
      goods.quantity = part.quantity;
      goods.price = line->price;
      goods.discount = part.discount + part.points_money;
      goods.paid = part.paid;
      document.goods.push_back(std::move(goods));
    }
    if (document.goods.empty())
      document.goods.push_back(goods_of_sum(back.amount, back.discount + back.points_money, back.paid));
    document.requisites.emplace_back("НомерЧекаПродажи", returned.sold.sale.receipt);
    document.requisites.emplace_back("ИдДокументаПродажи", work_.book.guids().of("sale", returned.sold.sale.id.value));
    add_points(document, returned.sold.owner, "БонусыВозвращено", back.restored);
    add_points(document, returned.sold.owner, "БонусыОтозвано", back.clawed_back);
    return document;
  }

  const Export1cWork& work_;
  Export1cReport& report_;
  XmlOutput output_;
  format::CommerceMlWriter writer_;
  std::int64_t documents_ = 0;
};

}  // namespace

std::function<void()> write_commerceml(const Export1cWork& work, Export1cReport& report) {
  const auto documents = std::make_shared<Documents>(work, report);
  documents->run();
  return [documents] { documents->commit(); };
}

}  // namespace loyal::service
