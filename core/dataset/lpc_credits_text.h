// Taking the texts of LPC credits apart. Private to LpcCredits.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace loom::lpc_text {

using Words = std::vector<std::string>;

Words split(const std::string& text, std::string_view separators);
/// "a and b" -> "a,b".
std::string withoutAnd(std::string text);
std::pair<std::string, std::string> withoutBrackets(const std::string& text);
std::string trimmed(const std::string& text);
Words linesOf(const std::string& text);
bool isUnderline(const std::string& line);
std::string licenceIn(const std::string& text);
std::vector<Words> csvRecords(const std::string& text);

}  // namespace loom::lpc_text
