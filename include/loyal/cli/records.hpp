// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "loyal/format/record.hpp"
#include "loyal/service/give_back.hpp"
#include "loyal/service/moving.hpp"
#include "loyal/service/points.hpp"
#include "loyal/service/sell.hpp"
#include "loyal/store/card.hpp"
#include "loyal/store/charity.hpp"
#include "loyal/store/company.hpp"
#include "loyal/store/customer.hpp"

namespace loyal::cli {

class Session;

// What answers are made of, one function per kind of thing, so that add, edit and show tell the same.

format::Record company_record(const store::Company& company);
format::Record shop_record(const store::Shop& shop, const std::string& company_slug);
format::Record customer_record(const store::Customer& customer);
/// `shows_holder`: whether the asking company may see who holds the card.
format::Record card_record(store::Database& database, const store::Card& card, bool shows_holder = true);
format::Record sale_record(const service::SaleReceipt& receipt);
format::Record return_record(const service::ReturnReceipt& receipt);
/// What went from one card to another, with active, pending and owed points.
void add_moved(format::Record& record, const service::MovedPoints& moved, const domain::Unit& unit);
/// "100 points, 20 points pending" of what went from one card to another; empty where that is nothing.
std::string moved_words(const service::MovedPoints& moved, const domain::Unit& unit);

/// Tells why a presentation of a charity card gave less than the program says.
void note_short_donation(Session& session, const std::string& program, const store::Donation& donation);

format::Record points_record(const service::PointsReceipt& receipt);

}  // namespace loyal::cli
