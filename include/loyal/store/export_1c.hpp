// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "loyal/store/sale.hpp"

namespace loyal::store {

/// A moment of the store that stays the same while it is read, whatever others write.
class ReadTransaction {
 public:
  explicit ReadTransaction(Database& database);
  ~ReadTransaction();
  ReadTransaction(const ReadTransaction&) = delete;
  ReadTransaction& operator=(const ReadTransaction&) = delete;

 private:
  Database& database_;
};

/// What of a company's documents is asked for.
struct AccountingFilter {
  CompanyId company;
  std::optional<Date> from, to;  ///< document dates
  OperationId after;             ///< only what operations after this one touched; zero: all
};

/// A card, and what its company may tell of the holder.
struct CardOwner {
  CardId card;
  std::string number;
  ProgramId program;
  Date issued;
  std::string state;
  CustomerId customer;             ///< none also where the holder is another company's and has not agreed to sharing
  std::string name, phone, email;  ///< empty without the holder's consent to the use of personal data
  std::optional<Date> birthday;
  std::string first_number;  ///< of the holder's cards
};
/// The holder of a card as that company may see them.
CardOwner card_owner(Database& database, CardId card, CompanyId company);
/// The cards with which something happened at the company's shops (and, where no bounds are asked for, those that were
/// given to somebody); a holder's cards stand together.
void each_card_in_use(Database& database, const AccountingFilter& filter,
                      const std::function<void(const CardOwner&)>& take);

/// A purchase with what its document says beside it.
struct AccountedSale {
  Sale sale;
  CardOwner owner;
  Money donated;
};
/// The live sales by shop, day and time.
void each_accounted_sale(Database& database, const AccountingFilter& filter,
                         const std::function<void(const AccountedSale&)>& take);
/// Those that stood when `after` was written and have been undone since.
void each_withdrawn_sale(Database& database, const AccountingFilter& filter,
                         const std::function<void(const AccountedSale&)>& take);

/// A return with its sale.
struct AccountedReturn {
  SaleReturn back;
  AccountedSale sold;
};
/// The live returns by shop, day and time.
void each_accounted_return(Database& database, const AccountingFilter& filter,
                           const std::function<void(const AccountedReturn&)>& take);
/// Those that stood when `after` was written and have been undone since.
void each_withdrawn_return(Database& database, const AccountingFilter& filter,
                           const std::function<void(const AccountedReturn&)>& take);

/// What a shop sold, or took back, on one day.
struct ShopDay {
  ShopId shop;
  Date date;
  std::int64_t documents = 0;
  Money paid;  ///< without gift cards that were sold
};
/// Sales of the same goods at the same price as one; or one line of a return, with its sale.
struct DayGoods {
  std::string sku, name, category;
  Amount quantity;
  std::optional<Money> price;
  Money discount, points_money, paid;
  std::string receipt;  ///< of a return: that of the sale
  LocalTime sold_at;
};
/// Money of gift cards: what they paid, or what was paid for them; below zero where it came back.
struct DayGift {
  std::string number;
  bool is_sold = false;
  Money amount;
};
/// Points of one card: given, with their first and last day, or paid with; below zero where they were taken back.
struct DayPoints {
  CardId card;
  bool is_payment = false;
  std::optional<Date> usable_from, valid_through;
  Points points;
};

/// Takes days one by one: the day, its goods, its gift cards, its points, its end.
class DayTaker {
 public:
  virtual ~DayTaker() = default;
  virtual void begin(const ShopDay& day) = 0;
  virtual void goods(const DayGoods& goods) = 0;
  virtual void gift(const DayGift& gift) = 0;
  virtual void points(const DayPoints& points) = 0;
  virtual void end() = 0;
  /// A day that had something when `after` was written and has nothing any more.
  virtual void gone(ShopId shop, Date date) = 0;
};
enum class DayDocuments { sales, returns };
/// The days by shop and date, in constant memory. With `after`, those that something touched since, whole. Points are
/// those of programs of which points pay (bonus, club); what expired is left out, since the last day of a lot says it.
void each_shop_day(Database& database, const AccountingFilter& filter, DayDocuments documents, DayTaker& taker);

/// What was exported to 1C with --since-last: all that operations up to `through` did.
struct ExportMark {
  OperationId operation;
  CompanyId company;
  std::string form;
  OperationId through;
};
void add_export_mark(Journal& journal, const ExportMark& mark);
/// The newest live one of a company and form.
std::optional<ExportMark> last_export_mark(Database& database, CompanyId company, std::string_view form);
std::optional<ExportMark> export_mark_of_operation(Database& database, OperationId operation);

}  // namespace loyal::store
