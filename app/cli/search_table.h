// A search's trials and result, as a table for people and as JSON.
#pragma once

#include <string>

#include "app/cli/commands.h"

namespace loom::cli {

/// "batch 32, lr 0.0002"
std::string assignments(const Json& settings);
/// {"trial","run","settings","objective","value","steps","status","seconds","reason","results"}; value is null where
/// there is none.
Json trialAsJson(const SearchTrial& trial, const SearchPlan& plan);

/// The trials as a table, best first, and the done event with "best" and "trials".
void showResult(const Search& search, Output& output);

}  // namespace loom::cli
