// Whether sprites of several licences can go together into one work, as everything that a model learned from does.
//
// Not legal advice: what the licences say of themselves. Sources: creativecommons.org/compatiblelicenses (BY-SA 4.0
// work may be changed into GPL-3.0 work; each BY-SA version into later ones), gnu.org/licenses/license-list.html (GPL),
// static.opengameart.org/OGA-BY-3.0.txt, and the licences' own texts.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/dataset/credits.h"

namespace loom {

struct LicenceReport {
  /// What can be done with all of them together may be given on under one of these; empty where they conflict, or where
  /// they ask for nothing in particular.
  std::vector<std::string> usable = {};
  /// Each a sentence: which two licences do not go together, or which allows no changed works at all.
  std::vector<std::string> conflicts = {};
  /// Licences that are not understood, "" for sprites without any; they are left out of the rest.
  std::vector<std::string> unknown = {};
  /// Some of them may not be sold, or used where money is earned.
  bool nonCommercial = false;
};

/// A credit that lists several licences ("CC-BY-SA 3.0, GPL 3.0", "… and …", "… or …", "… / …") leaves the choice, as
/// the lists of the Liberated Pixel Cup do.
LicenceReport licencesTogether(std::span<const Credit> credits);

/// The credits in a text that creditsText, or the card of starter weights, made: each once, without the names of
/// characters. Lines that are not understood are passed over.
std::vector<Credit> creditsIn(const std::string& text);

/// The conflicts and what is not known as one text for people, a line each; empty when there is nothing to warn of.
std::string licenceWarning(const LicenceReport& report);

}  // namespace loom
