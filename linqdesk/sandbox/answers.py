"""What customers write back by themselves, in the language of their chat."""

from random import Random

_ANSWERS: dict[str, tuple[str, ...]] = {
    "en": (
        "Great, thanks for the quick help!",
        "Perfect 👍",
        "Ok, that works for me.",
        "Thank you! One more thing: is there a receipt by email?",
        "Brilliant. See you then.",
        "Hm, let me check and get back to you.",
        "That was fast, thank you 😊",
    ),
    "de": ("Super, vielen Dank!", "Alles klar, bis dann.", "Danke für die schnelle Antwort 👍"),
    "es": ("¡Genial, muchas gracias!", "Perfecto, hasta luego.", "Gracias por la ayuda 🙏"),
    "fr": ("Parfait, merci beaucoup !", "Très bien, à bientôt.", "Merci pour votre aide 😊"),
    "pl": ("Świetnie, dziękuję!", "Dobrze, do zobaczenia."),
    "uk": ("Чудово, дякую!", "Добре, домовилися."),
    "el": ("Τέλεια, ευχαριστώ πολύ!", "Εντάξει, τα λέμε."),
    "ar": ("ممتاز، شكراً جزيلاً!", "تمام، إلى اللقاء."),
    "he": ("מעולה, תודה רבה!", "בסדר גמור, להתראות."),
    "hi": ("बहुत बढ़िया, धन्यवाद!", "ठीक है, शुक्रिया 🙏"),
    "th": ("เยี่ยมเลย ขอบคุณมากค่ะ", "โอเคครับ แล้วเจอกัน"),
    "zh": ("太好了，谢谢！", "好的，到时候见。"),
    "ja": ("ありがとうございます！助かりました。", "了解しました。よろしくお願いします。"),
    "ko": ("정말 감사합니다!", "네, 알겠습니다."),
}


def answer_for(language: str, chance: Random) -> str:
    """Return an answer in a language, in English where none is known."""
    return chance.choice(_ANSWERS.get(language, _ANSWERS["en"]))
