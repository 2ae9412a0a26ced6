// The likeliest cells along one axis: every cell size, spacing and sensible first place is tried.
#include <algorithm>
#include <bit>
#include <cmath>
#include <map>

#include "core/image/sheet_axis.h"

namespace loom::sheet_finder {
namespace {

constexpr int kLeastCell = 8;
constexpr int kMostSpacing = 16;
constexpr int kMostOffset = 40;
constexpr int kKept = 40;
constexpr double kHopeless = -10;
constexpr double kTelling = 10;  // lines worth a tenth of a nat each are telling

/// How uncommon a cell size is. Nats.
double sizePrior(int cell) {
  constexpr double kPerPixelBelow = 0.6;
  if (cell < 16 && cell % 8 != 0) return -3.2 - kPerPixelBelow * (16 - cell);
  if (cell < 16) return -kPerPixelBelow * (16 - cell);
  if (cell % 16 == 0) return 0;
  if (cell % 8 == 0) return -0.7;
  if (cell == 100) return -1.4;
  if (cell % 4 == 0) return -1.8;
  return cell % 2 == 0 ? -2.6 : -3.2;
}

/// How uncommon what is left before the first and after the last cell is.
double placePrior(int before, int after, int spacing, int length) {
  if (before == 0 && after == 0) return 0;
  if (spacing > 0 && before == after && before == spacing) return -0.4;
  if (spacing > 0 && before + after == spacing) return before == after ? -1.5 : -2.0;
  if (before == after) return -2.2 - 0.02 * before;
  if (before == 0) return std::has_single_bit(static_cast<unsigned>(length)) ? -2.2 : -3.2;
  return after == 0 ? -4.5 : -5.2;
}

double priorOf(const AxisFit& fit, const AxisProfile& profile) {
  const int before = profile.isFreeAtStart() ? 0 : fit.offset;
  const int end = fit.offset + fit.count * (fit.cell + fit.spacing) - fit.spacing;
  const int after = profile.isFreeAtEnd() ? 0 : profile.length() - end;
  const double spacing = fit.spacing > 0 ? -0.8 - 0.12 * fit.spacing : 0;
  return sizePrior(fit.cell) + placePrior(before, after, fit.spacing, profile.length()) + spacing;
}

/// What the lines say. A gutter must be empty as well.
double linesSay(const AxisProfile& profile, const AxisFit& fit, double atLeast) {
  double sum = 0;
  const int period = fit.cell + fit.spacing;
  for (int k = 1; k < fit.count; ++k) {
    const int gutter = fit.offset + k * period - fit.spacing;
    sum += profile.gain(gutter + fit.spacing / 2);
    if (fit.spacing > 0) {
      const double dirt = profile.drawn(gutter, gutter + fit.spacing) / fit.spacing;
      if (dirt > 0) sum -= 0.5 + 5 * std::min(1.0, dirt / profile.meanDrawn());
    }
    if (sum < atLeast) return sum;
  }
  return sum;
}

constexpr double kUsualSpread = 1.0 / 12;  // of the period: places that say nothing either way
constexpr int kMostPlaces = 12;

/// What the sprites' places would say if each were at the same one in its cell.
double mostOfPlaces(const AxisFit& fit, int filled) {
  const double usual = std::pow((fit.cell + fit.spacing) * kUsualSpread, 2);
  return 0.5 * std::min(filled - 1, kMostPlaces) * std::log1p(usual);
}

/// What the cells hold: seldom nothing, one sprite each without a gap, and all at about the same place. That last
/// speaks for the cells as far as their lines are `telling` (0..1): in an even scatter of dots, all places are alike.
double cellsSay(const AxisProfile& profile, const AxisFit& fit, double telling) {
  constexpr double kEmptyInside = 3, kEmptyOutside = 1.0, kGap = 1.5;
  double sum = 0;
  double empty = 0;
  int filled = 0;
  int parted = 0;
  double mean = 0;
  double squares = 0;
  for (int k = 0; k < fit.count; ++k) {
    const int start = fit.offset + k * (fit.cell + fit.spacing);
    if (profile.drawn(start, start + fit.cell) <= 0) {
      filled == 0 ? sum -= kEmptyOutside : empty += 1;
      continue;
    }
    sum -= kEmptyInside * empty;
    empty = 0;
    ++filled;
    parted += profile.gaps(start, start + fit.cell) > 0 ? 1 : 0;
    const double place = profile.centre(start, start + fit.cell) - start;
    const double away = place - mean;
    mean += away / filled;
    squares += away * (place - mean);
  }
  sum -= kEmptyOutside * empty + kGap * parted;
  if (filled < 2) return sum;
  const double spread = squares / (filled - 1);
  return sum + telling * mostOfPlaces(fit, filled) - 0.5 * std::min(filled - 1, kMostPlaces) * std::log1p(spread);
}

/// What is drawn where no cell is.
double outsideSays(const AxisProfile& profile, const AxisFit& fit) {
  const int end = fit.offset + fit.count * (fit.cell + fit.spacing) - fit.spacing;
  const double outside = profile.drawn(0, fit.offset) + profile.drawn(end, profile.length());
  if (outside <= 0) return 0;
  return -4 - 30 * outside / profile.drawn(0, profile.length());
}

/// Keeps the best fits as they come.
class Best {
 public:
  double least() const { return m_fits.size() < kKept ? kHopeless : m_fits.begin()->first; }
  void add(const AxisFit& fit) {
    m_fits.emplace(fit.score, fit);
    if (m_fits.size() > kKept) m_fits.erase(m_fits.begin());
  }
  std::vector<AxisFit> sorted() const {
    std::vector<AxisFit> fits;
    for (auto it = m_fits.rbegin(); it != m_fits.rend(); ++it) fits.push_back(it->second);
    return fits;
  }

 private:
  std::multimap<double, AxisFit> m_fits;
};

void tryFit(const AxisProfile& profile, AxisFit fit, Best& best) {
  const double prior = priorOf(fit, profile);
  const double lines = linesSay(profile, fit, kHopeless);
  if (lines + prior + (profile.hasGround() ? mostOfPlaces(fit, fit.count) : 0) < best.least()) return;
  fit.score = prior + lines;
  const double telling = fit.count > 1 ? std::clamp(kTelling * lines / (fit.count - 1), 0.0, 1.0) : 0;
  if (profile.hasGround()) fit.score += cellsSay(profile, fit, telling) + outsideSays(profile, fit);
  best.add(fit);
}

void tryOffsets(const AxisProfile& profile, int cell, int spacing, Best& best) {
  const int period = cell + spacing;
  const int length = profile.length();
  const auto countFrom = [&](int offset) { return (length - offset + spacing) / period; };
  const int flush = (length + spacing) % period;  // the last cell ends where the sheet does
  for (int offset = 0; offset <= std::min(kMostOffset, period - 1); ++offset) {
    const int count = countFrom(offset);
    if (count > 1) tryFit(profile, {offset, cell, spacing, count, 0, false}, best);
  }
  if (flush > kMostOffset && countFrom(flush) > 1) {
    tryFit(profile, {flush, cell, spacing, countFrom(flush), 0, false}, best);
  }
}

}  // namespace

std::vector<AxisFit> fitAxis(const AxisProfile& profile) {
  Best best;
  const int length = profile.length();
  for (int cell = kLeastCell; cell <= length / 2; ++cell) {
    // Without ground, gutters are what drawn lines are; there, cells touch.
    const int mostSpacing = profile.hasGround() ? std::min(kMostSpacing, cell / 2) : 0;
    for (int spacing = 0; spacing <= mostSpacing; ++spacing) {
      tryOffsets(profile, cell, spacing, best);
    }
  }
  std::vector<AxisFit> fits = best.sorted();
  for (int margin = 0; margin <= kMostSpacing && length - 2 * margin >= std::min(length, kLeastCell); ++margin) {
    Best single;
    AxisFit fit{margin, length - 2 * margin, 0, 1, 0, false};
    tryFit(profile, fit, single);
    for (const AxisFit& found : single.sorted()) fits.push_back(found);
  }
  if (fits.empty() || std::ranges::none_of(fits, [](const AxisFit& fit) { return fit.count == 1; })) {
    fits.push_back({0, length, 0, 1, kHopeless, false});
  }
  std::ranges::stable_sort(fits, std::greater{}, &AxisFit::score);
  return fits;
}

AxisFit fitLines(const std::vector<DrawnLine>& lines, int length) {
  AxisFit none{0, 0, 0, 0, 0, false};
  if (lines.empty()) return none;
  // The places between the lines, the sheet's edges being lines too.
  std::vector<DrawnLine> places;
  int begin = 0;
  for (const DrawnLine& line : lines) {
    if (line.start > begin) places.push_back({begin, line.start - begin});
    begin = line.start + line.thickness;
  }
  if (begin < length) places.push_back({begin, length - begin});
  std::map<int, int> lengths;
  for (const DrawnLine& place : places) {
    if (place.thickness >= kLeastCell) ++lengths[place.thickness];
  }
  if (lengths.empty()) return none;
  const int cell = std::ranges::max_element(lengths, {}, [](const auto& entry) { return entry.second; })->first;
  AxisFit fit{0, cell, 0, 0, 0, true};
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (places[i].thickness != cell) continue;
    if (fit.count == 0) fit.offset = places[i].start;
    if (fit.count == 1) fit.spacing = places[i].start - fit.offset - cell;
    if (places[i].start != fit.offset + fit.count * (cell + fit.spacing)) return none;
    ++fit.count;
  }
  const bool others = std::ranges::any_of(
      places, [&](const DrawnLine& place) { return place.thickness != cell && place.thickness >= kLeastCell; });
  if (fit.spacing > kMostSpacing || (fit.count == 1 && others)) return none;
  fit.score = 3.0 * fit.count;
  return fit;
}

}  // namespace loom::sheet_finder
