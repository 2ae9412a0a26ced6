// One axis of a sheet: where cell lines may run, told by what they would cross. Private to the sheet finder.
#pragma once

#include <cstdint>
#include <vector>

#include "core/image/sheet_mask.h"

namespace loom::sheet_finder {

/// A sheet seen along one axis. Position i is a column (or row) of pixels; boundary i lies before position i.
class AxisProfile {
 public:
  /// `drawn`: pixels drawn at each position; `crossed`: at each boundary, how much is drawn on both its
  /// sides.
  AxisProfile(const std::vector<double>& drawn, const std::vector<double>& crossed);
  /// A sheet without ground: `change` is the colours' difference across each boundary, and the more the likelier a
  /// line.
  explicit AxisProfile(const std::vector<double>& change);

  /// Something that is no sprite (a title, credits) lay before the cells, or after them: how much room they leave at
  /// that end says nothing then.
  void setFree(bool atStart, bool atEnd) {
    m_freeAtStart = atStart;
    m_freeAtEnd = atEnd;
  }
  bool isFreeAtStart() const { return m_freeAtStart; }
  bool isFreeAtEnd() const { return m_freeAtEnd; }

  int length() const { return m_length; }
  bool hasGround() const { return m_hasGround; }
  /// What boundary `at` says for a cell line there: the log of the likelihood ratio to any other place. Nats.
  double gain(int at) const { return m_gain[static_cast<std::size_t>(at)]; }
  /// Pixels drawn at positions first..end-1.
  double drawn(int first, int end) const { return since(m_drawn, first, end); }
  double meanDrawn() const { return m_length > 0 ? m_drawn.back() / m_length : 0; }
  /// Their mean position; only where drawn() > 0.
  double centre(int first, int end) const { return since(m_moment, first, end) / drawn(first, end); }
  /// How often ground of two positions or more parts what is drawn at first..end-1.
  int gaps(int first, int end) const;

 private:
  static double since(const std::vector<double>& sums, int first, int end) {
    return sums[static_cast<std::size_t>(end)] - sums[static_cast<std::size_t>(first)];
  }
  int m_length;
  bool m_hasGround;
  bool m_freeAtStart = false, m_freeAtEnd = false;
  std::vector<double> m_gain;
  std::vector<double> m_drawn, m_moment;  ///< sums over all positions before
  std::vector<int> m_runStarts;           ///< runs of drawn positions begun before
  std::vector<std::uint8_t> m_inRun;
};

struct AxisProfiles {
  AxisProfile x, y;
};
AxisProfiles profilesOf(const Sprite& sheet, const SheetMask& mask);
AxisProfiles changeProfilesOf(const Sprite& sheet);

/// Cells along one axis. Positions in pixels.
struct AxisFit {
  int offset = 0, cell = 0, spacing = 0, count = 1;
  double score = 0;    ///< log posterior, up to a constant that all fits of the axis share
  bool drawn = false;  ///< its lines are drawn on the sheet
};
/// The likeliest fits, best first, and the one of a single cell (always among them).
std::vector<AxisFit> fitAxis(const AxisProfile& profile);
/// Cells between drawn lines; count 0 when the lines are not regular.
AxisFit fitLines(const std::vector<DrawnLine>& lines, int length);

}  // namespace loom::sheet_finder
