// The side a character is seen from: names, numbers and their order.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loom {

/// The view a folder or file-name word stands for: "0".."3" (TinyHero's numbers: back, left, front, right) or a word in
/// any case ("Back", "up", "north", "rear" -> "back"; "down", "south" -> "front"; "back-left" and so on).
/// Nothing when it stands for none.
std::optional<std::string> parseView(std::string_view word);
/// The same without the bare numbers: what a word inside a file name may say.
std::optional<std::string> parseViewWord(std::string_view word);

/// The views in training order: back, left, front, right, then the diagonal ones, then others by name; kAnyView last,
/// each once.
std::vector<std::string> sortedViews(std::vector<std::string> views);
/// The views in the row order of LPC sheets: back (up), left, front (down), right; then others by name;
/// kAnyView last, each once.
std::vector<std::string> lpcOrder(std::vector<std::string> views);
/// "left" <-> "right", "back-left" <-> "back-right"; others stay.
std::string mirroredView(const std::string& view);

/// What a sprite of unknown view, and a model trained without views, calls its one view.
inline constexpr std::string_view kAnyView = "any";

}  // namespace loom
