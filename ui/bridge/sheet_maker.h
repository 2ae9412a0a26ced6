// Lays out sheets on a worker thread for a live preview: the newest request wins.
#pragma once

#include <QImage>
#include <QList>
#include <QObject>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/studio/characters.h"
#include "ui/bridge/job_runner.h"

namespace loom {

/// Which characters go on a sheet.
struct SheetSource {
  enum class Kind { kFavourites, kGenerated, kSelection, kEverything };
  Kind kind = Kind::kFavourites;
  std::vector<std::int64_t> favourites = {};  ///< ids
  int run = 0;                                ///< kGenerated: from which run's newest weights, how many, which
  std::string starter = {};                   ///< or from the starter weights of that preset
  int count = 0;
  std::uint64_t seed = 0;
  std::vector<SpriteId> sprites = {};  ///< kSelection; kEverything takes all that are neither excluded nor binned
  int revision = 0;                    ///< another number: what was gathered for this source before is stale
  friend bool operator==(const SheetSource&, const SheetSource&) = default;
};

/// What a source stands for, and who must be named where it goes.
struct SheetCast {
  std::vector<SheetCharacter> characters;
  std::string credits;
};

/// All sheets of one request.
using Sheets = std::shared_ptr<const std::vector<Sheet>>;

struct SheetRequest {
  Project project;
  SheetSource source;
  SheetOptions options;
  bool fullColour = false;     ///< its files will be RGBA: for the size that is measured
  bool chooseColumns = false;  ///< columns such that the sheet is at most kComfortableWidth px wide, where possible
};

class SheetMaker : public QObject {
  Q_OBJECT
 public:
  static constexpr int kComfortableWidth = 4096;  ///< px: what every graphics card takes as a texture

  explicit SheetMaker(QObject* parent = nullptr);
  ~SheetMaker() override;

  /// Returns the request's id. Older requests that wait are dropped, and drawing for another source is cancelled.
  std::uint64_t request(SheetRequest request);
  /// What is under way is of no use any more.
  void cancel();

 Q_SIGNALS:
  /// Before made(), and also where these characters then fit no sheet.
  void gathered(quint64 id, const std::shared_ptr<const loom::SheetCast>& cast);
  void progressed(quint64 id, const loom::Progress& progress);
  /// `pictures` are the sheets' premultiplied, for the screen; `characters` is how many there are on them.
  void made(quint64 id, const loom::Sheets& sheets, const QList<QImage>& pictures, int characters);
  /// After made(), unless a newer request came: what takes longer to know, of all sheets together.
  void measured(quint64 id, int colours, qint64 pngBytes);
  void failed(quint64 id, const loom::ErrorText& error);

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
