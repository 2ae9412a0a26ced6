// Every kind of cleaning step by the function that describes it; cleaning.cpp lists them.
#pragma once

#include "core/image/cleaning.h"

namespace loom::cleaning {

CleaningKind backgroundKind();
CleaningKind haloKind();
CleaningKind alphaKind();
CleaningKind trimKind();
CleaningKind fitKind();
CleaningKind centreKind();
CleaningKind mirrorKind();
CleaningKind paletteKind();
CleaningKind lockKind();
CleaningKind grayscaleKind();
CleaningKind channelsKind();
CleaningKind fillKind();

/// The colours under "palette". Throws Error when they are still a file's name.
std::vector<Rgba> paletteIn(const Json& settings);
/// As "palette" holds them.
Json paletteJson(const std::vector<Rgba>& colours);

}  // namespace loom::cleaning
