#include "ui/pages/create_hand_off.h"

#include <QClipboard>
#include <QDrag>
#include <QFile>
#include <QGuiApplication>
#include <QMimeData>
#include <QPixmap>
#include <QUrl>
#include <algorithm>
#include <cstddef>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/file_names.h"
#include "core/image/codec.h"
#include "ui/bridge/external_editor.h"
#include "ui/models/favourite_commands.h"
#include "ui/pages/create_stage.h"
#include "ui/widgets/sprite_image.h"

namespace loom {
namespace {

constexpr int kSettleMs = 250;

}  // namespace

CreateHandOff::CreateHandOff(Session& session, CharacterEditor& editor, CreateStage& stage)
    : QObject(&stage), m_session(session), m_editor(editor), m_stage(stage) {
  m_settle.setSingleShot(true);
  m_settle.setInterval(kSettleMs);
  connect(&m_watcher, &QFileSystemWatcher::fileChanged, &m_settle, qOverload<>(&QTimer::start));
  connect(&m_settle, &QTimer::timeout, this, &CreateHandOff::takeBack);
  connect(&session, &Session::projectChanged, this, [this] { m_file.clear(); });
}

int CreateHandOff::shownView() const {
  const auto& views = m_stage.shown().views;
  const auto found = std::ranges::find(views, m_stage.viewName());
  return found == views.end() ? 0 : static_cast<int>(found - views.begin());
}

std::vector<std::byte> CreateHandOff::png(int view) const {
  const CharacterLook& look = m_stage.shown();
  const auto index = static_cast<std::size_t>(view);
  const Favourite made = favouriteOf(look, tr("Character"), look.views.at(index));
  const std::string origin = m_session.hasProject() ? originText(made, m_session.catalogue()) : std::string();
  return withOrigins(encodePng(look.sprites.at(index)), {&origin, 1});
}

/// The file is named after the view and the seed, so that several lie beside each other where they are dropped.
QString CreateHandOff::write(int view) {
  if (!m_folder || !m_folder->isValid()) m_folder = std::make_unique<QTemporaryDir>();
  if (!m_folder->isValid()) {
    throw Error("no temporary folder could be made: " + m_folder->errorString().toStdString(),
                "copy the picture instead (Ctrl+C)");
  }
  const CharacterLook& look = m_stage.shown();
  const std::string name = "character-" + std::to_string(look.state.seed) + "-" +
                           safeFileName(look.views.at(static_cast<std::size_t>(view))) + ".png";
  const QString file = m_folder->filePath(QString::fromStdString(name));
  writeFileAtomically(file.toStdString(), png(view));
  return file;
}

std::unique_ptr<QMimeData> CreateHandOff::mimeData(int view, bool file) {
  auto data = std::make_unique<QMimeData>();
  const std::vector<std::byte> bytes = png(view);
  data->setImageData(toImage(m_stage.shown().sprites.at(static_cast<std::size_t>(view))));
  data->setData(QStringLiteral("image/png"),
                QByteArray(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())));
  if (file) data->setUrls({QUrl::fromLocalFile(write(view))});
  return data;
}

void CreateHandOff::copy() {
  const Sprite sprite = m_stage.shownSprite();
  if (sprite.empty()) return;
  try {
    QGuiApplication::clipboard()->setMimeData(mimeData(shownView(), false).release());
    m_session.say(tr("Copied the %1 view, %2 × %3 pixels.")
                      .arg(QString::fromStdString(m_stage.viewName()))
                      .arg(sprite.width())
                      .arg(sprite.height()));
  } catch (const Error& error) {
    m_session.say(QString::fromUtf8(error.what()), QString::fromStdString(error.hint()));
  }
}

void CreateHandOff::drag(int view) {
  if (std::cmp_greater_equal(view, m_stage.shown().sprites.size())) return;
  try {
    std::unique_ptr<QMimeData> data = mimeData(view, true);
    auto* drag = new QDrag(&m_stage);
    drag->setPixmap(QPixmap::fromImage(qvariant_cast<QImage>(data->imageData())));
    drag->setMimeData(data.release());
    drag->exec(Qt::CopyAction);
  } catch (const Error& error) {
    m_session.say(QString::fromUtf8(error.what()), QString::fromStdString(error.hint()));
  }
}

void CreateHandOff::edit() {
  if (m_stage.shownSprite().empty()) return;
  if (!m_stage.showsNow()) {
    return m_session.say(tr("What you see is not the character being shaped."),
                         tr("Press Go on from here, or move a slider, then edit it."));
  }
  try {
    const QString file = write(shownView());
    if (!m_watcher.files().isEmpty()) m_watcher.removePaths(m_watcher.files());
    m_watcher.addPath(file);
    m_file = file;
    m_view = m_stage.viewName();
    m_there = m_stage.shownSprite();
    if (const auto failure = ExternalEditor::openPicture(file)) return m_session.say(failure->what, failure->hint);
    m_session.say(tr("The %1 view is open in %2.").arg(QString::fromStdString(m_view), ExternalEditor::programName()),
                  tr("Each time it is saved there, what has changed is drawn over the character here."));
  } catch (const Error& error) {
    m_session.say(QString::fromUtf8(error.what()), QString::fromStdString(error.hint()));
  }
}

/// What differs from what was there before is drawn over the character, whatever it has become meanwhile.
void CreateHandOff::takeBack() {
  if (m_file.isEmpty() || !QFile::exists(m_file)) return;
  if (!m_watcher.files().contains(m_file)) m_watcher.addPath(m_file);  // saved by renaming: another file now
  try {
    const Sprite saved = readImage(m_file.toStdString());
    if (saved.width() != m_there.width() || saved.height() != m_there.height()) {
      return m_session.say(tr("The picture saved in the other program is %1 × %2 pixels, not %3 × %4.")
                               .arg(saved.width())
                               .arg(saved.height())
                               .arg(m_there.width())
                               .arg(m_there.height()),
                           tr("Save it in its own size, and it is taken over."));
    }
    const CharacterState& state = m_editor.state();
    const std::string target = state.mirrorSides ? drawnView(m_view, m_stage.shown().views) : m_view;
    TouchUp next = state.touchUp;
    next.hidden = false;
    for (int y = 0; y < saved.height(); ++y) {
      for (int x = 0; x < saved.width(); ++x) {
        if (saved.at(x, y) == m_there.at(x, y)) continue;
        const PixelPlace place{target == m_view ? x : saved.width() - 1 - x, y};
        next.paint(target, {&place, 1}, saved.at(x, y));
      }
    }
    m_there = saved;
    m_editor.setTouchUp(next, tr("edit in %1").arg(ExternalEditor::programName()));
  } catch (const Error&) {
    m_settle.start();  // it is still being written
  }
}

}  // namespace loom
