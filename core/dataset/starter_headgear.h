// The parts of a head's covering that hats, hoods and helmets share.
#pragma once

#include "core/dataset/starter_scene.h"

namespace loom::starter {

/// Shades what lies around the skull as a ball; metal gets a highlight.
void shadeOnHead(Shape& shape, const Scene& scene, bool metal);
/// Draws at the height of this figure's head what is given at a grown-up's.
void putOnHead(Scene& scene, Shape shape, RampId ramp, Edge edge = Edge::kFull);

Shape helmetShape(const Scene& scene);
void drawHood(Scene& scene);
void drawHelmet(Scene& scene, bool horned);
void drawGreatHelm(Scene& scene);

}  // namespace loom::starter
