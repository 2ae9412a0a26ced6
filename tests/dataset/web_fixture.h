// A web server, a reader with a clock of its own, and a folder: what tests of the web reader stand on.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/dataset/web_reader.h"
#include "tests/base/temp_folder.h"
#include "tests/dataset/loopback_server.h"
#include "tests/dataset/made_files.h"

namespace loom {

class WebTest : public testing::Test {
 protected:
  WebTest() {
    m_server.useClock([this] { return m_now.load(); });
  }

  /// Time passes only while the reader waits.
  WebSettings settings() {
    WebSettings settings;
    settings.times = {.connectSeconds = 2, .slowSeconds = 1};
    settings.clock = {[this] { return WebClock::Time(std::chrono::milliseconds(m_now.load())); },
                      [this](std::chrono::milliseconds duration) { m_now += duration.count(); }};
    return settings;
  }
  WebPage look(const std::string& path) { return m_reader.look(m_server.url(path), m_monitor); }
  /// What the Error of looking there says; empty when there is none.
  std::string failureOf(const std::string& url) {
    try {
      m_reader.look(url, m_monitor);
    } catch (const Error& failure) {
      EXPECT_NE(failure.hint(), "") << failure.what();
      return failure.what();
    }
    return {};
  }
  WebFetchReport fetch(const std::vector<WebPicture>& pictures) {
    return m_reader.fetch(pictures, m_folder / "fetch", m_monitor);
  }
  WebPicture picture(const std::string& path, const std::string& name = "hero.png") {
    WebPicture made;
    made.url = m_server.url(path);
    made.name = name;
    made.localHost = "127.0.0.1";
    return made;
  }
  void putPage(const std::string& path, const std::string& html) { m_server.put(path, Served{.body = html}); }
  static Served png(const std::string& bytes) {
    Served served;
    served.type = "image/png";
    served.body = bytes;
    return served;
  }
  static std::string contentOf(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  /// A picture that takes its time: a PNG with much behind its end.
  static std::string largePng(std::size_t bytes) {
    std::string text = pngBytes(1);
    while (text.size() < bytes) text += static_cast<char>(text.size() * 31 % 251);
    return text;
  }
  static std::string reasonFor(const WebFetchReport& report, const std::string& ending) {
    for (const SkippedFile& skipped : report.skipped) {
      if (skipped.file.ends_with(ending)) return skipped.reason;
    }
    return "(not skipped)";
  }
  std::vector<std::string> filesIn(const std::string& folder) const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(m_folder / folder)) {
      if (entry.is_regular_file()) names.push_back(std::filesystem::relative(entry.path(), m_folder / folder).string());
    }
    std::ranges::sort(names);
    return names;
  }

  std::atomic<std::int64_t> m_now = 1'000'000;  ///< milliseconds
  LoopbackServer m_server;
  TempFolder m_folder;
  JobMonitor m_monitor;
  WebReader m_reader{settings()};
};

}  // namespace loom
