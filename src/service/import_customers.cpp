// SPDX-License-Identifier: MIT
#include "loyal/service/import_customers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/service/card_number.hpp"
#include "loyal/service/customers.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/store/card.hpp"
#include "loyal/store/company.hpp"

namespace loyal::service {
namespace {

constexpr std::array<const char*, 1> date_fields = {"birthday"};

}  // namespace

const std::vector<ImportField>& customer_fields() {
  static const std::vector<ImportField> fields = {
      {"name",
       {"name", "full name", "fullname", "фио", "имя и фамилия", "полное имя", "клиент", "покупатель", "customer",
        "client"},
       false},
      {"surname", {"surname", "last name", "lastname", "family name", "фамилия"}, false},
      {"given_name", {"given name", "first name", "firstname", "имя"}, false},
      {"patronymic", {"patronymic", "middle name", "отчество"}, false},
      {"phone",
       {"phone", "phone number", "telephone", "mobile", "tel", "телефон", "номер телефона", "мобильный", "моб телефон",
        "тел"},
       false},
      {"email", {"email", "e mail", "mail", "email address", "почта", "эл почта", "электронная почта"}, false},
      {"birthday",
       {"birthday", "birth date", "birthdate", "date of birth", "dob", "день рождения", "дата рождения", "др"},
       false},
      {"tags", {"tags", "tag", "group", "метки", "теги", "группа"}, false},
      {"note", {"note", "notes", "comment", "comments", "примечание", "комментарий", "заметка"}, false},
      {"card",
       {"card", "card number", "card no", "карта", "номер карты", "no карты", "код карты", "бонусная карта",
        "дисконтная карта"},
       false},
      {"consent", {"consent", "consents", "согласие", "согласия"}, false},
  };
  return fields;
}

namespace {

bool is_yes(const std::string& folded) {
  return folded == "yes" || folded == "да" || folded == "1" || folded == "true" || folded == "+";
}
bool is_no(const std::string& folded) {
  return folded.empty() || folded == "no" || folded == "нет" || folded == "0" || folded == "false" || folded == "-";
}

/// "data, advertising:sms"; a bare yes is consent to the keeping of data.
std::vector<std::string> consent_texts(std::string_view text) {
  const std::string folded = fold_name(text);
  if (is_no(folded)) return {};
  if (is_yes(folded)) return {"data"};
  std::vector<std::string> result;
  while (!text.empty()) {
    const std::size_t end = text.find_first_of(",;+");
    if (const std::string_view word = trim(text.substr(0, end)); !word.empty()) result.emplace_back(word);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
  return result;
}

/// The field of a request that is refused when it stands alone.
const char* guilty_field(const CustomerRequest& request, CompanyId company, Date today) {
  using Member = std::string CustomerRequest::*;
  constexpr std::array<std::pair<const char*, Member>, 6> members = {{{"name", &CustomerRequest::name},
                                                                      {"phone", &CustomerRequest::phone},
                                                                      {"email", &CustomerRequest::email},
                                                                      {"birthday", &CustomerRequest::birthday},
                                                                      {"tags", &CustomerRequest::tags},
                                                                      {"note", &CustomerRequest::note}}};
  for (const auto& [field, member] : members) {
    CustomerRequest alone;
    alone.name = "x";
    alone.*member = request.*member;
    if (member == &CustomerRequest::name && trim(request.name).empty()) continue;
    try {
      checked_customer(alone, company, today);
    } catch (const Error&) {
      return field;
    }
  }
  return "";
}

/// What differs between a row and the customer that it means; empty where nothing does. An empty cell says nothing.
std::string difference(const store::Customer& row, const store::Customer& stored) {
  const auto differs = [](const std::string& a, const std::string& b) { return !a.empty() && a != b; };
  if (differs(row.name, stored.name)) return tr("the name is {}", visible(stored.name));
  if (differs(row.phone, stored.phone)) return tr("the phone is {}", stored.phone);
  if (differs(fold_name(row.email), fold_name(stored.email)))
    return tr("the e-mail address is {}", visible(stored.email));
  if (row.birthday && row.birthday != stored.birthday)
    return stored.birthday ? tr("the birthday is {}", to_string(*stored.birthday)) : tr("there is no birthday");
  if (differs(row.tags, stored.tags)) return tr("the tags are \"{}\"", visible(stored.tags));
  if (differs(row.note, stored.note)) return tr("the note is another");
  return {};
}

std::string short_name(const store::Customer& customer) {
  return customer.name.empty() ? fmt::format("#{}", customer.id.value) : visible(customer.name);
}

/// Adds the rows of one table inside one operation.
class CustomersAdder {
 public:
  CustomersAdder(const TableRun& run, const TableImport& request, const store::Company& company,
                 const std::optional<store::ProgramRow>& program, Operation& operation, CustomersImportReceipt& receipt,
                 ImportPlan& plan)
      : run_(run),
        context_(run.context()),
        request_(request),
        company_(company),
        program_(program),
        journal_(operation.journal()),
        receipt_(receipt),
        plan_(plan),
        today_(Zone(company.zone).local(context_.now).date) {}

  void take(const TableRow& row) {
    const store::Customer customer = customer_of(row);
    std::vector<store::Consent> consents;
    try {
      consents = checked_consents(context_, consent_texts(row.text("consent")));
    } catch (const Error& error) {
      throw BadRow{error.what(), "consent"};
    }
    const std::string number = row.text("card");
    const std::optional<store::Card> card = number.empty() ? std::nullopt : card_of(number);
    const std::optional<store::Customer> stored = find(customer, card);
    if (stored)
      if (const std::string other = difference(customer, *stored); !other.empty())
        throw BadRow{tr("{} is there already with other content: {}", short_name(*stored), other), "", true};
    if (card && card->customer && (!stored || card->customer != stored->id))
      throw BadRow{tr("card {} belongs to another customer", visible(number)), "card", true};
    const CustomerId id = stored ? stored->id : add(customer, consents);
    const bool is_assigned = !number.empty() && assign(number, card, id);
    if (stored && !is_assigned) ++receipt_.known;
    ImportGroup& group = !stored ? plan_.created : is_assigned ? plan_.changed : plan_.skipped;
    group.take(row.line(), [&customer] { return words_of(customer); });
  }

  const MistypedNumbers& mistyped() const { return mistyped_; }

 private:
  static std::string words_of(const store::Customer& customer) {
    const std::string& contact = customer.phone.empty() ? customer.email : customer.phone;
    if (customer.name.empty()) return visible(contact);
    return contact.empty() ? visible(customer.name) : visible(customer.name) + ", " + visible(contact);
  }

  store::Customer customer_of(const TableRow& row) const {
    CustomerRequest typed;
    typed.name = row.text("name");
    if (typed.name.empty())
      for (const char* part : {"surname", "given_name", "patronymic"})
        if (const std::string word = row.text(part); !word.empty())
          typed.name += (typed.name.empty() ? "" : " ") + word;
    typed.phone = row.text("phone");
    typed.email = row.text("email");
    typed.birthday = run_.dates().tidy(row.text("birthday"));
    typed.tags = row.text("tags");
    typed.note = row.text("note");
    try {
      return checked_customer(typed, company_.id, today_);
    } catch (const Error& error) {
      throw BadRow{error.what(), guilty_field(typed, company_.id, today_)};
    }
  }

  std::optional<store::Card> card_of(const std::string& number) const {
    const std::string code = code_of(number);
    if (code.empty()) throw BadRow{tr("\"{}\" is no card number", visible(number)), "card"};
    auto card = store::card_by_code(context_.store, code);
    if (!card && !request_.create_cards)
      throw BadRow{tr("there is no card {}; --create-cards makes it", visible(number)), "card"};
    if (!card) {
      if (const std::string flaw = card_number_flaw(number); !flaw.empty()) throw BadRow{flaw, "card"};
      return std::nullopt;
    }
    if (program_ && card->program != program_->id)
      throw BadRow{tr("card {} belongs to another program", visible(number)), "card"};
    if (card->state != "active") throw BadRow{tr("card {} is {}", visible(number), card->state), "card"};
    return card;
  }

  /// People without a phone are found among all such, who are read once.
  std::optional<store::Customer> find(const store::Customer& customer, const std::optional<store::Card>& card) {
    if (!customer.phone.empty()) {
      for (store::Customer& other : store::customers_by_phone(context_.store, customer.phone))
        if (other.company == company_.id) return std::move(other);
      return std::nullopt;
    }
    if (customer.email.empty() && card && card->customer) return store::customer(context_.store, card->customer);
    if (!are_others_read_) read_others();
    const auto& known = customer.email.empty() ? by_name_ : by_email_;
    const auto found = known.find(fold_name(customer.email.empty() ? customer.name : customer.email));
    return found == known.end() ? std::nullopt : store::customer(context_.store, found->second);
  }

  void read_others() {
    store::each_customer(context_.store, {}, [this](const store::Customer& customer, std::int64_t) {
      if (customer.company == company_.id) remember(customer);
    });
    are_others_read_ = true;
  }

  void remember(const store::Customer& customer) {
    if (!customer.email.empty()) by_email_.emplace(fold_name(customer.email), customer.id);
    if (customer.email.empty() && customer.phone.empty()) by_name_.emplace(fold_name(customer.name), customer.id);
  }

  CustomerId add(const store::Customer& checked, std::vector<store::Consent>& consents) {
    const store::Customer customer = add_checked(journal_, checked, false);
    for (store::Consent& consent : consents) {
      consent.customer = customer.id;
      store::add_consent(journal_, consent);
      ++receipt_.consents;
    }
    if (are_others_read_) remember(customer);
    ++receipt_.added;
    return customer.id;
  }

  bool assign(const std::string& number, const std::optional<store::Card>& found, CustomerId customer) {
    if (found && found->customer == customer) return false;
    store::Card before = found.value_or(store::Card{});
    if (!found) {
      const CardId id = store::add_card(journal_, program_->id, number, code_of(number), today_);
      before = store::card(context_.store, id).value();
      ++receipt_.cards_made;
      mistyped_.take(number);
    }
    store::Card after = before;
    after.customer = customer;
    store::update_card(journal_, before, after);
    ++receipt_.cards_assigned;
    return true;
  }

  const TableRun& run_;
  const Context& context_;
  const TableImport& request_;
  const store::Company& company_;
  const std::optional<store::ProgramRow>& program_;
  store::Journal& journal_;
  CustomersImportReceipt& receipt_;
  ImportPlan& plan_;
  Date today_;
  bool are_others_read_ = false;
  MistypedNumbers mistyped_;
  std::map<std::string, CustomerId> by_email_, by_name_;
};

void require_identity(const ColumnMap& columns, const std::string& file) {
  for (const char* field : {"name", "surname", "given_name", "phone", "email"})
    if (columns.place(field)) return;
  throw Error(Fault::usage, tr("{}: no column is known as name, phone or email", visible(file)),
              fmt::format("loyal import customers {} --map name=COLUMN,phone=COLUMN", visible(file)));
}

}  // namespace

CustomersImportReceipt import_customers(const Context& given, const TableImport& request, const ImportNote& note,
                                        const ImportProgress& progress) {
  TableRun run(given, request, customer_fields(), date_fields, "loyal import customers", note, progress);
  require_identity(run.columns(), request.file.path);
  Operation operation(run.context(), "import customers", run.digest());
  CustomersImportReceipt receipt;
  if (operation.replayed()) {
    receipt.operation = operation.replayed();
    receipt.is_replayed = true;
    return receipt;
  }
  store::Database& database = run.context().store;
  std::optional<store::ProgramRow> program;
  if (!request.program.empty() || request.create_cards) program = find_program(database, request.program);
  const store::Company company =
      program ? store::company(database, program->company).value() : find_company(database, given.company);
  CustomersAdder adder(run, request, company, program, operation, receipt, run.receipt().plan);
  run.each_row(tr("adding"), [&adder](const TableRow& row) { adder.take(row); });
  adder.mistyped().tell(note);
  static_cast<TableReceipt&>(receipt) = run.finish(operation);
  return receipt;
}

}  // namespace loyal::service
