#include "ui/bridge/cleaning_preview.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "core/base/error.h"

namespace loom {
namespace {

CleaningAnswer answerTo(const CleaningQuestion& question, const Catalogue& catalogue) {
  CleaningAnswer answer{.sprite = question.sprite};
  try {
    answer.before = answer.after = catalogue.pixels(question.sprite);
    const SpriteWalk walk = [&](const std::function<void(const Sprite&)>& visit) {
      for (const SpriteId id : question.set) visit(catalogue.pixels(id));
    };
    JobMonitor unwatched;
    for (const CleaningStep& step : resolved(question.steps, walk, unwatched)) {
      CleanedSprite cleaned = clean(answer.after, step);
      answer.notes.append(QString::fromStdString(cleaned.note));
      answer.after = std::move(cleaned.sprite);
    }
  } catch (const Error& error) {
    answer.problem = QString::fromUtf8(error.what());
    if (!error.hint().empty()) answer.problem += QStringLiteral(": ") + QString::fromStdString(error.hint());
  } catch (const std::exception& error) {
    answer.problem = QString::fromUtf8(error.what());
  }
  return answer;
}

}  // namespace

struct CleaningPreview::Impl {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::optional<CleaningQuestion> question;
  std::jthread thread;  // last: joined before the rest goes
};

CleaningPreview::CleaningPreview(QObject* parent) : QObject(parent), m_impl(std::make_unique<Impl>()) {
  m_impl->thread = std::jthread([this](const std::stop_token& stop) {
    std::filesystem::path database;
    std::optional<Catalogue> catalogue;
    for (;;) {
      std::optional<CleaningQuestion> next;
      {
        std::unique_lock lock(m_impl->mutex);
        if (!m_impl->wake.wait(lock, stop, [this] { return m_impl->question.has_value(); })) return;
        next = std::exchange(m_impl->question, {});
      }
      CleaningAnswer answer{.sprite = next->sprite};
      try {
        if (database != next->database) catalogue.reset();
        database = next->database;
        if (database.empty()) continue;
        if (!catalogue) catalogue.emplace(database);
        answer = answerTo(*next, *catalogue);
      } catch (const std::exception& error) {
        answer.problem = QString::fromUtf8(error.what());
      }
      QMetaObject::invokeMethod(
          this, [this, answer] { Q_EMIT arrived(answer); }, Qt::QueuedConnection);
    }
  });
}

CleaningPreview::~CleaningPreview() {
  m_impl->thread.request_stop();
  m_impl->thread.join();
}

void CleaningPreview::ask(CleaningQuestion question) {
  {
    const std::lock_guard lock(m_impl->mutex);
    m_impl->question = std::move(question);
  }
  m_impl->wake.notify_one();
}

}  // namespace loom
