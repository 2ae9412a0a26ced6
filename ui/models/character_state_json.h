// A character's state and the choice of its weights as the project keeps them: undo steps, favourites, the present one.
#pragma once

#include "core/base/json.h"
#include "ui/models/character_editor.h"

namespace loom {

/// {"latent": floats in base64, "seed", "truncation", "crisp_alpha"} and, where there are any, "colours",
/// "colour_latent" (as the latent), "touch_up", "mirror_sides".
Json toJson(const CharacterState& state);
/// The other way. What is missing or not of that form is as in a state made new.
CharacterState characterStateFromJson(const Json& json);

/// {"run", "step": null for the newest, "starter"}.
Json toJson(const ModelChoice& choice);
ModelChoice modelChoiceFromJson(const Json& json);

}  // namespace loom
