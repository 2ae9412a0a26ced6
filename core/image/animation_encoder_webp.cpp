// Animated WebP through libwebp's own animation encoder, lossless.
#include <webp/encode.h>
#include <webp/mux.h>

#include <limits>
#include <string>

#include "core/base/error.h"
#include "core/image/animation_encoders.h"

namespace loom {
namespace {

class WebpEncoder final : public AnimationEncoder {
 public:
  WebpEncoder(const std::filesystem::path& file, bool loops) : m_path(file), m_loops(loops), m_file(file) {
    constexpr float kEffort = 60;  // of 100: for lossless pictures quality is time spent
    check(WebPConfigInit(&m_config) != 0);
    m_config.lossless = 1;
    m_config.exact = 1;
    m_config.quality = kEffort;
    check(WebPValidateConfig(&m_config) != 0);
  }

  void add(Sprite frame, int milliseconds) override {
    if (!m_encoder) begin(frame.width(), frame.height());
    Picture picture(frame);
    check(picture.good());
    check(WebPAnimEncoderAdd(m_encoder.get(), &picture.value, m_time, &m_config) != 0);
    if (m_time > std::numeric_limits<int>::max() - milliseconds) {
      throw Error("the film is longer than a WebP can be", "ask for fewer frames, or shorter ones", m_path);
    }
    m_time += milliseconds;
  }

  void finish() override {
    check(WebPAnimEncoderAdd(m_encoder.get(), nullptr, m_time, nullptr) != 0);
    Data data;
    check(WebPAnimEncoderAssemble(m_encoder.get(), &data.value) != 0);
    m_file.write(std::as_bytes(std::span(data.value.bytes, data.value.size)));
    m_file.commit();
  }

 private:
  struct Delete {
    void operator()(WebPAnimEncoder* encoder) const { WebPAnimEncoderDelete(encoder); }
  };
  struct Data {
    Data() { WebPDataInit(&value); }
    Data(const Data&) = delete;
    Data& operator=(const Data&) = delete;
    ~Data() { WebPDataClear(&value); }
    WebPData value;
  };
  class Picture {
   public:
    explicit Picture(const Sprite& sprite) {
      if (WebPPictureInit(&value) == 0) return;
      value.use_argb = 1;
      value.width = sprite.width();
      value.height = sprite.height();
      m_good = WebPPictureImportRGBA(&value, reinterpret_cast<const std::uint8_t*>(sprite.pixels().data()),
                                     sprite.width() * static_cast<int>(sizeof(Rgba))) != 0;
    }
    Picture(const Picture&) = delete;
    Picture& operator=(const Picture&) = delete;
    ~Picture() { WebPPictureFree(&value); }
    bool good() const { return m_good; }
    WebPPicture value;

   private:
    bool m_good = false;
  };

  void begin(int width, int height) {
    WebPAnimEncoderOptions options;
    check(WebPAnimEncoderOptionsInit(&options) != 0);
    options.anim_params.loop_count = m_loops ? 0 : 1;
    m_encoder.reset(WebPAnimEncoderNew(width, height, &options));
    check(m_encoder != nullptr);
  }

  void check(bool good) const {
    if (good) return;
    const char* why = m_encoder ? WebPAnimEncoderGetError(m_encoder.get()) : "";
    const std::string reason = why != nullptr && *why != '\0' ? std::string(": ") + why : "";
    throw Error("the WebP could not be written" + reason, "choose a smaller scale, or another format", m_path);
  }

  std::filesystem::path m_path;
  bool m_loops;
  AtomicFile m_file;
  WebPConfig m_config{};
  std::unique_ptr<WebPAnimEncoder, Delete> m_encoder;
  int m_time = 0;  ///< milliseconds at which the next frame begins
};

}  // namespace

std::unique_ptr<AnimationEncoder> webpEncoder(const std::filesystem::path& file, bool loops) {
  return std::make_unique<WebpEncoder>(file, loops);
}

}  // namespace loom
