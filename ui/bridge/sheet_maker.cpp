#include "ui/bridge/sheet_maker.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "core/base/error.h"
#include "core/image/palette.h"
#include "core/studio/origins.h"
#include "core/studio/runs.h"
#include "core/studio/sprite_credits.h"
#include "core/studio/starter_weights.h"

namespace loom {
namespace {

std::vector<SpriteId> includedSprites(const Catalogue& catalogue) {
  std::vector<SpriteId> included;
  for (const SpriteInfo& info : catalogue.sprites()) {
    if (!info.excluded) included.push_back(info.id);
  }
  return included;
}

RunInfo runOf(const Project& project, const SheetSource& source) {
  return runOrStarter(project.catalogue(), source.run, source.starter);
}

std::string creditsFor(const Project& project, const SheetSource& source) {
  switch (source.kind) {
    case SheetSource::Kind::kFavourites:
      return creditsForFavourites(project, source.favourites);
    case SheetSource::Kind::kGenerated:
      return creditsForRun(project, runOf(project, source));
    case SheetSource::Kind::kSelection:
      return creditsForSprites(project, source.sprites);
    case SheetSource::Kind::kEverything:
      break;
  }
  return creditsForSprites(project, includedSprites(project.catalogue()));
}

std::vector<SheetCharacter> generated(const Project& project, const SheetSource& source, JobMonitor& monitor) {
  const auto model = loadRunModel(project, runOf(project, source));
  auto characters = generateCharacters(model, source.count, source.seed, {}, {}, monitor, 1);
  noteOrigins(characters, *model, source.seed, {}, project.catalogue());
  return characters;
}

std::vector<SheetCharacter> charactersOf(const Project& project, const SheetSource& source, JobMonitor& monitor) {
  const Catalogue catalogue = project.catalogue();
  switch (source.kind) {
    case SheetSource::Kind::kFavourites:
      return favouriteCharacters(catalogue, source.favourites);
    case SheetSource::Kind::kGenerated:
      return generated(project, source, monitor);
    case SheetSource::Kind::kSelection:
      return catalogueCharacters(catalogue, source.sprites);
    case SheetSource::Kind::kEverything:
      break;
  }
  return catalogueCharacters(catalogue, includedSprites(catalogue));
}

/// How many characters fit beside each other; 0 (all of them) when the sheet stays narrow enough anyway.
int comfortableColumns(const std::vector<SheetCharacter>& characters, const SheetOptions& options) {
  if (options.maxSide > 0) return 0;  // the layout finds them
  constexpr int kFullLpcColumns = 13;
  int width = options.cellWidth;
  for (const SheetCharacter& character : characters) {
    for (const auto& [view, sprite] : character.views) width = std::max(width, sprite.width());
  }
  const bool full = options.layout == SheetLayout::kLpcFull;
  if ((full || options.layout == SheetLayout::kLpc) && options.cellWidth == 0) width = (width + 63) / 64 * 64;
  if (full) width *= kFullLpcColumns;
  const int slot = std::max(1, width * options.scale + 2 * (options.extrude + options.innerPadding) + options.padding);
  const int fitting = std::max(1, (SheetMaker::kComfortableWidth - 2 * options.border + options.padding) / slot);
  return static_cast<std::size_t>(fitting) < characters.size() ? fitting : 0;
}

int coloursOf(const std::vector<Sheet>& sheets) {
  if (sheets.size() == 1) return countColours(sheets.front().image);
  std::set<std::array<std::uint8_t, 4>> colours;
  for (const Sheet& sheet : sheets) {
    for (const Rgba& colour : paletteOf(sheet.image).colours) colours.insert({colour.r, colour.g, colour.b, colour.a});
  }
  return static_cast<int>(colours.size());
}

qint64 pngBytes(const std::vector<Sheet>& sheets, bool fullColour) {
  qint64 bytes = 0;
  for (const Sheet& sheet : sheets) bytes += static_cast<qint64>(SheetEncoder(sheet, fullColour).png().size());
  return bytes;
}

QImage picture(const Sheet& sheet) {
  const QImage view(reinterpret_cast<const uchar*>(sheet.image.pixels().data()), sheet.image.width(),
                    sheet.image.height(), static_cast<qsizetype>(sheet.image.width()) * 4, QImage::Format_RGBA8888);
  return view.convertToFormat(QImage::Format_ARGB32_Premultiplied);
}

}  // namespace

struct SheetMaker::Impl {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::optional<SheetRequest> waiting;
  std::uint64_t newest = 0;
  std::stop_source working;              // of the request being served
  std::optional<SheetSource> gathering;  // the source it gathers, while it does
  // Below: the worker's alone.
  std::optional<SheetSource> known;
  std::shared_ptr<const SheetCast> cast;
  std::jthread thread;  // last: joined before the rest goes

  bool newerWaits() {
    const std::lock_guard lock(mutex);
    return waiting.has_value();
  }
  void gather(const SheetRequest& request, JobMonitor& monitor) {
    if (known == request.source) return;
    known.reset();
    auto characters = charactersOf(request.project, request.source, monitor);
    cast = std::make_shared<const SheetCast>(
        SheetCast{std::move(characters), creditsFor(request.project, request.source)});
    known = request.source;
  }
};

SheetMaker::SheetMaker(QObject* parent) : QObject(parent), m_impl(std::make_unique<Impl>()) {
  // Signals leave on the GUI thread: what waits there for a maker that is gone is dropped with it.
  const auto tell = [this](auto signal) { QMetaObject::invokeMethod(this, std::move(signal), Qt::QueuedConnection); };
  const auto serve = [this, tell](std::uint64_t id, SheetRequest request, const std::stop_token& stop) {
    JobMonitor monitor(stop, [&](const Progress& now) { tell([this, id, now] { Q_EMIT progressed(id, now); }); });
    try {
      m_impl->gather(request, monitor);
      const std::shared_ptr<const SheetCast> cast = m_impl->cast;
      tell([this, id, cast] { Q_EMIT gathered(id, cast); });
      const auto count = static_cast<int>(cast->characters.size());
      if (request.chooseColumns) request.options.columns = comfortableColumns(cast->characters, request.options);
      std::vector<Sheet> laidOut = layOutSheets(cast->characters, request.options);
      QList<QImage> pictures;
      for (Sheet& sheet : laidOut) {
        sheet.credits = cast->credits;
        pictures.append(picture(sheet));
      }
      const auto sheets = std::make_shared<const std::vector<Sheet>>(std::move(laidOut));
      tell([this, id, sheets, pictures, count] { Q_EMIT made(id, sheets, pictures, count); });
      if (m_impl->newerWaits()) return;
      const int colours = coloursOf(*sheets);
      const qint64 bytes = pngBytes(*sheets, request.fullColour);
      tell([this, id, colours, bytes] { Q_EMIT measured(id, colours, bytes); });
    } catch (const Cancelled&) {
      return;
    } catch (...) {
      tell([this, id, error = errorText(std::current_exception())] { Q_EMIT failed(id, error); });
    }
  };
  m_impl->thread = std::jthread([this, serve](const std::stop_token& stop) {
    for (;;) {
      std::unique_lock lock(m_impl->mutex);
      m_impl->gathering.reset();
      if (!m_impl->wake.wait(lock, stop, [this] { return m_impl->waiting.has_value(); })) return;
      SheetRequest request = std::move(*m_impl->waiting);
      m_impl->waiting.reset();
      m_impl->gathering = request.source;
      m_impl->working = std::stop_source();
      const std::uint64_t id = m_impl->newest;
      const std::stop_token working = m_impl->working.get_token();
      lock.unlock();
      serve(id, std::move(request), working);
    }
  });
}

SheetMaker::~SheetMaker() {
  cancel();
  m_impl->thread.request_stop();
  m_impl->thread.join();
}

std::uint64_t SheetMaker::request(SheetRequest request) {
  const std::lock_guard lock(m_impl->mutex);
  // Drawing characters takes longest: when the newer request wants the same ones, it goes on.
  if (m_impl->gathering != request.source) m_impl->working.request_stop();
  m_impl->waiting = std::move(request);
  m_impl->wake.notify_one();
  return ++m_impl->newest;
}

void SheetMaker::cancel() {
  const std::lock_guard lock(m_impl->mutex);
  m_impl->waiting.reset();
  m_impl->working.request_stop();
  ++m_impl->newest;
}

}  // namespace loom
