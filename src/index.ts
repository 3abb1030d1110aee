/** The browser-safe public interface of Tardigrade. */
export {};
