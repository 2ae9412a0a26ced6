// What may be worn together. Private to the LPC composer.
#pragma once

#include "core/dataset/lpc_composer.h"

namespace loom {

/// Whether a part is drawn for a body, skin included.
bool fitsBody(const LpcPart& part, const LpcPart& body);
/// Whether all that a part needs beside the body is worn ("clasp": a cape).
bool needsAreMet(const LpcLibrary& library, const LpcCharacter& character, const LpcPart& part);
/// Whether two parts of different slots cannot be worn together. The order does not matter.
bool clash(const LpcLibrary& library, int one, int other);
/// Whether `part` clashes with anything worn in other slots.
bool clashesWithWorn(const LpcLibrary& library, const LpcCharacter& character, int part);

enum class LpcMaterial { kCloth, kLeather, kMetal, kGold };
LpcMaterial materialOf(const LpcPart& part);
bool hasWord(const std::string& text, const std::string& word);

}  // namespace loom
