// The weights that come with the program: models that draw, and that runs can start from, before anything is trained.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/project/project.h"
#include "core/studio/starter_card.h"
#include "core/training/model.h"
#include "core/training/preset.h"

namespace loom {

/// One file of weights, as `model export` writes them, and the card beside it. A preset has one or none.
struct StarterWeights {
  std::string preset;
  std::filesystem::path file;  ///< PRESET.safetensors; the card is PRESET.json
  Model model;                 ///< what the file's header says, its weights left out
  StarterCard card;
};

/// share/spriteloom/models beside the bin folder that the program lies in, installed or in a build tree, unless the
/// environment variable SPRITELOOM_MODELS names another folder.
std::filesystem::path starterFolder();
/// Those in that folder, in the presets' order. What is damaged or lacks a card is left out: starterOf says why.
std::vector<StarterWeights> starterWeights();
/// Those of a preset. Throws Error naming those there are, or what is wrong with the file.
StarterWeights starterOf(const std::string& preset);

/// The model itself, which everybody shares who holds it at the same time. Its `run` is 0. Throws Error.
std::shared_ptr<const Model> loadStarter(const StarterWeights& starter);
/// Who must be named for what it draws, as the card says it.
std::string starterCredits(const StarterWeights& starter);

/// How the weights stand in for a run: its number is 0. What draws with a run (loadRunModel, creditsForRun,
/// summariseRun, makeGrid) takes it, whatever the project.
RunInfo starterRun(const StarterWeights& starter);
bool isStarter(const RunInfo& run);

/// What is to be done with a model that a word names.
enum class StarterUse {
  kDraw,  ///< new characters
  kTurn,  ///< the missing views of characters
};
/// The preset that "starter:PRESET" names, or, of "starter" alone, the first that does what is asked. Throws Error when
/// there is none.
StarterWeights starterFor(const std::string& word, StarterUse use);
/// Whether a word stands for starter weights: "starter", "starter:PRESET".
bool namesStarter(const std::string& word);
/// The run of that number, or for 0 the starter weights of the preset. Throws Error.
RunInfo runOrStarter(const Catalogue& catalogue, int number, const std::string& preset);
/// The run that a word stands for, as findRun says it, or starter weights.
RunInfo findRunOrStarter(const Catalogue& catalogue, const std::string& word, StarterUse use);

}  // namespace loom
