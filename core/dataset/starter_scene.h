// One view of one character while it is drawn: parts are painted from back to front.
#pragma once

#include "core/dataset/starter_canvas.h"
#include "core/dataset/starter_design.h"

namespace loom::starter {

enum class View { kBack, kLeft, kFront, kRight };

/// From the side every part is drawn looking to the right; the left view's canvas mirrors it.
struct Scene {
  Scene(const Design& of, View from)
      : design(of), view(from), canvas(from == View::kLeft), light(from == View::kLeft ? -1 : 1) {}

  const Design& design;
  View view;
  Canvas canvas;
  int light;

  const Figure& figure() const { return design.figure; }
  int drop() const { return design.figure.drop; }
  bool side() const { return view == View::kLeft || view == View::kRight; }
  bool back() const { return view == View::kBack; }
  bool front() const { return view == View::kFront; }
};

enum class Hand { kRight, kLeft };
enum class ArmPart { kUpper, kFore, kHand };
/// From the side: the hand nearer to the viewer.
bool isNear(const Scene& scene, Hand hand);
/// Arms that hold something are bent, which only a side view shows.
bool isBent(const Scene& scene, Hand hand);
/// Where the fingers close, in the coordinates of the drawing.
Point gripOf(const Scene& scene, Hand hand);

// Body
Shape torsoShape(const Scene& scene);
Shape armShape(const Scene& scene, Hand hand, ArmPart part);
/// The arm to the elbow or to the wrist, shaded as cloth and skin are, or as polished metal.
Shape shadedArm(const Scene& scene, Hand hand, bool fore, bool sheen);
Shape legShape(const Scene& scene, bool nearOrLeft);
Shape footShape(const Scene& scene, bool nearOrLeft);
Shape headShape(const Scene& scene);
int hipRow(const Scene& scene);  ///< the row where the legs begin
void drawLegs(Scene& scene);
void drawTorso(Scene& scene);
void drawArm(Scene& scene, Hand hand);  ///< with sleeve, glove and what it holds
void drawHead(Scene& scene);
void drawEars(Scene& scene);
void drawFace(Scene& scene);

// Hair
void drawHairBehind(Scene& scene);
void drawHair(Scene& scene);
void drawHairInFront(Scene& scene);  ///< what falls over shoulders or back
bool hairCoversEars(const Design& design);

// Clothes
RampId topRamp(const Design& design);
RampId bottomRamp(const Design& design);
/// Colours the lowest `rows` rows of a garment that is drawn already.
void drawHem(Scene& scene, const Shape& shape, int rows, RampId ramp);
void drawLegwear(Scene& scene);
void drawTopwear(Scene& scene);
void drawSleeve(Scene& scene, Hand hand);
void drawGlove(Scene& scene, Hand hand);
void drawPauldron(Scene& scene, Hand hand);
void drawCapeBehind(Scene& scene);
void drawCapeInFront(Scene& scene);
void drawScarf(Scene& scene);
void drawHeadgear(Scene& scene);
bool hidesHair(const Design& design);  ///< headgear under which no hair of the skull is seen
bool hidesFace(const Design& design);

// Equipment
void drawBowBehind(Scene& scene);
void drawBowInFront(Scene& scene);
void drawHeld(Scene& scene);           ///< right hand
void drawBookOrLantern(Scene& scene);  ///< left hand
void drawShield(Scene& scene);         ///< left arm

}  // namespace loom::starter
