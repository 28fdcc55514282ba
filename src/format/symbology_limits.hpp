// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace loyal::format {

// Why a symbology can't carry a code, in people's words; empty if it can.
std::string why_not_qr(std::string_view code);
std::string why_not_ean13(std::string_view code);
std::string why_not_code128(std::string_view code);
std::string why_not_datamatrix(std::string_view code);
std::string why_not_aztec(std::string_view code);
std::string why_not_pdf417(std::string_view code);
std::string why_not_code39(std::string_view code);
std::string why_not_code93(std::string_view code);
std::string why_not_codabar(std::string_view code);
std::string why_not_itf(std::string_view code);
std::string why_not_ean8(std::string_view code);
std::string why_not_upca(std::string_view code);
std::string why_not_upce(std::string_view code);

}  // namespace loyal::format
