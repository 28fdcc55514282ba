// SPDX-License-Identifier: MIT
#include "loyal/format/enterprise_data.hpp"

#include <utility>

#include "loyal/domain/phone.hpp"

// The names of elements, and their order, are those of 1C's schema.
namespace loyal::format {
namespace {

constexpr std::string_view legal_person = "ЮридическоеЛицо";
constexpr std::string_view natural_person = "ФизическоеЛицо";
constexpr std::size_t inn_digits_of_legal_person = 10;
constexpr std::size_t number_characters = 256;
constexpr std::size_t barcode_characters = 200;

std::string midnight(Date date) {
  return to_string(LocalTime{date, 0});
}

std::string_view vat_name(VatRate rate) {
  if (!rate) return "БезНДС";
  switch (*rate) {
    case 0:
      return "НДС0";
    case 10:
      return "НДС10";
    case 20:
      return "НДС20";
    default:
      return "";
  }
}

/// The kind of a rate as 1C counts it: 5 and 7 % are what the law lowers for those who are on the simplified system.
std::string_view vat_kind(VatRate rate) {
  if (!rate) return "БезНДС";
  if (*rate == 0) return "Нулевая";
  return *rate >= 20 ? "Общая" : "Пониженная";
}

/// The tax within an amount.
Money tax_within(Money amount, int percent) {
  return {multiply_divide_half_up(amount.count, percent, 100 + percent)};
}

}  // namespace

bool has_vat_rate(EnterpriseDataVersion version, VatRate rate) {
  return version != EnterpriseDataVersion::v1_8 || !vat_name(rate).empty();
}

EnterpriseDataWriter::EnterpriseDataWriter(XmlWriter& xml, EnterpriseDataVersion version, Organization organization)
    : xml_(xml),
      version_(version),
      organization_(std::move(organization)),
      contact_xml_(std::make_unique<XmlWriter>(XmlEncoding::utf_8,
                                               [this](std::string_view bytes) { contact_text_ += bytes; })) {}

void EnterpriseDataWriter::begin_message(Instant created) {
  const std::string_view number = is_old() ? "1.8" : "1.20";
  const std::string format = std::string("http://v8.1c.ru/edi/edi_stnd/EnterpriseData/").append(number);
  xml_.start();
  xml_.open("Message");
  xml_.attribute("xmlns:msg", "http://www.1c.ru/SSL/Exchange/Message");
  xml_.attribute("xmlns:xs", "http://www.w3.org/2001/XMLSchema");
  xml_.attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
  xml_.open("msg:Header");
  xml_.element("msg:Format", format);
  // 1C wants UTC here, and no zone behind it.
  xml_.element("msg:CreationDate", to_string(created).substr(0, 19));
  xml_.element("msg:AvailableVersion", number);
  xml_.close("msg:Header");
  xml_.open("Body");
  xml_.attribute("xmlns", format);
}

void EnterpriseDataWriter::end_message() {
  xml_.close("Body");
  xml_.close("Message");
}

void EnterpriseDataWriter::comment(const std::string& text) {
  if (text.empty()) return;
  xml_.open("ОбщиеСвойстваОбъектовФормата");
  xml_.element("Комментарий", text);
  xml_.close("ОбщиеСвойстваОбъектовФормата");
}

void EnterpriseDataWriter::currency(std::string_view name) {
  xml_.open(name);
  xml_.open("ДанныеКлассификатора");
  xml_.element("Код", "643");
  xml_.element("Наименование", "RUB");
  xml_.close("ДанныеКлассификатора");
  xml_.close(name);
}

void EnterpriseDataWriter::owner_key(const Counterparty& counterparty) {
  xml_.open("Контрагент");
  xml_.element("Ссылка", counterparty.guid);
  xml_.element("Наименование", counterparty.name);
  xml_.element("ЮридическоеФизическоеЛицо", natural_person);
  xml_.close("Контрагент");
}

void EnterpriseDataWriter::program_key(const LoyaltyProgram& program) {
  xml_.open("ПрограммаЛояльности");
  xml_.element("Ссылка", program.guid);
  xml_.element("Наименование", program.title);
  currency("ВалютаКонвертацииБонусов");
  xml_.close("ПрограммаЛояльности");
}

void EnterpriseDataWriter::card_key(const DiscountCard& card) {
  xml_.element("Ссылка", card.guid);
  xml_.element("НомерКарты", card.number);
  xml_.open("ВладелецКарты");
  owner_key(card.owner);
  xml_.close("ВладелецКарты");
}

/// Without a GUID: the company is in 1C already, which finds it by its INN.
void EnterpriseDataWriter::organization() {
  xml_.open("Организация");
  xml_.element("Наименование", organization_.name);
  xml_.element("ИНН", organization_.inn);
  if (!organization_.kpp.empty()) xml_.element("КПП", organization_.kpp);
  xml_.element("ЮридическоеФизическоеЛицо",
               organization_.inn.size() == inn_digits_of_legal_person ? legal_person : natural_person);
  xml_.close("Организация");
}

void EnterpriseDataWriter::contact(std::string_view kind, std::string_view shown, std::string_view type,
                                   const std::vector<std::pair<std::string_view, std::string_view>>& attributes) {
  contact_text_.clear();
  contact_xml_->open("КонтактнаяИнформация");
  contact_xml_->attribute("xmlns", "http://www.v8.1c.ru/ssl/contactinfo");
  contact_xml_->attribute("xmlns:xs", "http://www.w3.org/2001/XMLSchema");
  contact_xml_->attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
  contact_xml_->attribute("Представление", shown);
  contact_xml_->element("Комментарий", "");
  contact_xml_->open("Состав");
  contact_xml_->attribute("xsi:type", type);
  for (const auto& [name, value] : attributes) contact_xml_->attribute(name, value);
  contact_xml_->close("Состав");
  contact_xml_->close("КонтактнаяИнформация");
  contact_xml_->finish();
  std::erase(contact_text_, '\n');
  xml_.open("Строка");
  xml_.element("ВидКонтактнойИнформации", kind);
  xml_.element("ЗначенияПолей", contact_text_);
  xml_.close("Строка");
}

void EnterpriseDataWriter::counterparty(const Counterparty& counterparty) {
  xml_.open("Справочник.Контрагенты");
  xml_.open("КлючевыеСвойства");
  xml_.element("Ссылка", counterparty.guid);
  xml_.element("Наименование", counterparty.name);
  xml_.element("НаименованиеПолное", counterparty.name);
  xml_.element("ЮридическоеФизическоеЛицо", natural_person);
  xml_.close("КлючевыеСвойства");
  if (is_old()) xml_.element("ДополнительнаяИнформация", counterparty.note);
  if (!counterparty.phone.empty() || !counterparty.email.empty()) {
    xml_.open("КонтактнаяИнформация");
    const std::string_view phone = counterparty.phone;
    const std::string shown = domain::to_text(domain::Phone{counterparty.phone, ""});
    constexpr std::size_t russian_characters = 12;
    if (phone.starts_with("+7") && phone.size() == russian_characters)
      contact("Телефон", shown, "НомерТелефона",
              {{"КодСтраны", "7"}, {"КодГорода", phone.substr(2, 3)}, {"Номер", phone.substr(5)}, {"Добавочный", ""}});
    else if (!phone.empty())
      contact("Телефон", shown, "НомерТелефона",
              {{"КодСтраны", ""}, {"КодГорода", ""}, {"Номер", phone}, {"Добавочный", ""}});
    if (!counterparty.email.empty())
      contact("АдресЭлектроннойПочты", counterparty.email, "ЭлектроннаяПочта", {{"Значение", counterparty.email}});
    xml_.close("КонтактнаяИнформация");
  }
  if (!is_old()) comment(counterparty.note);
  xml_.close("Справочник.Контрагенты");
}

void EnterpriseDataWriter::program(const LoyaltyProgram& program) {
  xml_.open("Справочник.ПрограммыЛояльности");
  xml_.open("КлючевыеСвойства");
  xml_.element("Ссылка", program.guid);
  xml_.element("Наименование", program.title);
  currency("ВалютаКонвертацииБонусов");
  xml_.decimal("МаксимальныйПроцентОплатыБонусами", program.max_share_hundredths, 2);
  xml_.close("КлючевыеСвойства");
  xml_.decimal("КурсКонвертацииБонусовВВалюту", program.worth.count, 2);
  xml_.close("Справочник.ПрограммыЛояльности");
}

void EnterpriseDataWriter::card(const DiscountCard& card) {
  xml_.open("Справочник.ДисконтныеКарты");
  xml_.open("КлючевыеСвойства");
  card_key(card);
  xml_.close("КлючевыеСвойства");
  if (card.program != nullptr) program_key(*card.program);
  xml_.element("ДатаОткрытия", midnight(card.opened));
  if (!is_old()) xml_.element("Статус", card.is_active ? "Действует" : "Аннулирована");
  xml_.close("Справочник.ДисконтныеКарты");
}

void EnterpriseDataWriter::begin_report(const RetailReport& report) {
  xml_.open("Документ.ОтчетОРозничныхПродажах");
  xml_.open("КлючевыеСвойства");
  xml_.element("Ссылка", report.guid);
  xml_.element("Дата", to_string(report.at));
  xml_.element("Номер", first_characters(report.number, number_characters));
  organization();
  xml_.close("КлючевыеСвойства");
  currency("Валюта");
  if (report.paid) xml_.decimal("Сумма", report.paid->count, 2);
  xml_.element("СуммаВключаетНДС", "true");
  xml_.open("Склад");
  xml_.element("Ссылка", report.shop_guid);
  xml_.element("Наименование", report.shop);
  xml_.element("ТипСклада", "Розничный");
  xml_.close("Склад");
  xml_.element("Налогообложение", report.has_vat ? "ПродажаОблагаетсяНДС" : "ПродажаНеОблагаетсяНДС");
  if (is_old()) xml_.element("Комментарий", report.comment);
  report_comment_ = report.comment;
}

void EnterpriseDataWriter::begin_row(std::string_view section) {
  if (section_ != section) {
    end_section();
    section_ = section;
    row_ = 0;
    xml_.open(section_);
  }
  xml_.open("Строка");
  ++row_;
}

void EnterpriseDataWriter::end_section() {
  if (!section_.empty()) xml_.close(section_);
  section_ = {};
}

void EnterpriseDataWriter::goods_head(const Goods& goods) {
  xml_.number("НомерСтрокиДокумента", row_);
  xml_.open("ДанныеНоменклатуры");
  xml_.open("Номенклатура");
  xml_.element("Ссылка", goods.guid);
  if (!goods.sku.empty()) xml_.element("Артикул", goods.sku);
  xml_.element("Наименование", goods.name);
  xml_.close("Номенклатура");
  if (is_barcode(goods.sku)) xml_.element("Штрихкод", first_characters(goods.sku, barcode_characters));
  xml_.close("ДанныеНоменклатуры");
  xml_.open("ЕдиницаИзмерения");
  xml_.open("ДанныеКлассификатора");
  xml_.element("Код", "796");
  xml_.element("Наименование", "шт");
  xml_.close("ДанныеКлассификатора");
  xml_.close("ЕдиницаИзмерения");
  xml_.decimal("Количество", goods.quantity.count, 3);
  xml_.decimal("Сумма", goods.paid.count, 2);
  if (goods.price) xml_.decimal("Цена", goods.price->count, 2);
  vat(goods);
}

void EnterpriseDataWriter::vat(const Goods& goods) {
  if (is_old()) {
    xml_.element("СтавкаНДС", vat_name(goods.vat));
  } else {
    xml_.open("СтавкаНДС");
    if (goods.vat) xml_.number("Ставка", *goods.vat);
    xml_.element("РасчетнаяСтавка", "false");
    xml_.element("НеОблагается", goods.vat ? "false" : "true");
    xml_.element("ВидСтавки", vat_kind(goods.vat));
    xml_.close("СтавкаНДС");
  }
  if (goods.vat) xml_.decimal("СуммаНДС", tax_within(goods.paid, *goods.vat).count, 2);
}

void EnterpriseDataWriter::sold(const Goods& goods) {
  begin_row("ТоварыПродажа");
  goods_head(goods);
  if (goods.discount.count != 0) {
    xml_.element("ВидСкидки", "Дисконтная");
    xml_.decimal("СуммаСкидки", goods.discount.count, 2);
  }
  xml_.decimal("СуммаСУчетомСкидки", goods.paid.count, 2);
  xml_.close("Строка");
}

void EnterpriseDataWriter::returned(const ReturnedGoods& returned) {
  begin_row("ТоварыВозвратПродажи");
  goods_head(returned.goods);
  xml_.decimal("СуммаВозврата", returned.goods.paid.count, 2);
  xml_.element("НомерЧекаККМПродажи", returned.receipt);
  xml_.element("ДатаПродажи", to_string(returned.sold_at));
  xml_.open("ДокументПродажи");
  xml_.element("Ссылка", returned.report_guid);
  xml_.element("Дата", to_string(returned.report_at));
  xml_.element("Номер", first_characters(returned.report_number, number_characters));
  organization();
  xml_.close("ДокументПродажи");
  xml_.close("Строка");
}

void EnterpriseDataWriter::gift_row(std::string_view section, const std::string& number, Money amount) {
  begin_row(section);
  xml_.open("ДанныеСертификата");
  xml_.element("СерийныйНомер", number);
  xml_.close("ДанныеСертификата");
  xml_.decimal("Сумма", amount.count, 2);
  xml_.close("Строка");
}

void EnterpriseDataWriter::paid_by_gift_card(const std::string& number, Money amount) {
  gift_row("ОплатаСертификатами", number, amount);
}

void EnterpriseDataWriter::sold_gift_card(const std::string& number, Money amount) {
  gift_row("ПодарочныеСертификаты", number, amount);
}

void EnterpriseDataWriter::points_row(std::string_view section, const CardPoints& points, bool with_days) {
  begin_row(section);
  const DiscountCard& card = *points.card;
  xml_.number("НомерСтрокиДокумента", row_);
  owner_key(card.owner);
  xml_.open("ДисконтнаяКарта");
  card_key(card);
  xml_.close("ДисконтнаяКарта");
  if (card.program != nullptr) program_key(*card.program);
  if (with_days && points.usable_from) xml_.element("ДатаНачисления", midnight(*points.usable_from));
  // 1C takes the points off as this day begins; with us the last day counts whole.
  if (with_days && points.valid_through) xml_.element("ДатаСписания", midnight(plus_days(*points.valid_through, 1)));
  xml_.decimal("СуммаБонусныхБаллов", points.points.count, card.program == nullptr ? 0 : card.program->scale);
  xml_.close("Строка");
}

void EnterpriseDataWriter::given(const CardPoints& points) {
  points_row("НачислениеБонусныхБаллов", points, true);
}

void EnterpriseDataWriter::paid_by_points(const CardPoints& points) {
  points_row("ОплатаБонуснымиБаллами", points, false);
}

void EnterpriseDataWriter::end_report() {
  end_section();
  if (!is_old()) comment(report_comment_);
  xml_.close("Документ.ОтчетОРозничныхПродажах");
}

}  // namespace loyal::format
